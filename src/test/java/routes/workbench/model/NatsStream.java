package routes.workbench.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import routes.workbench.model.Settings.Setting;

/**
 * A JetStream stream of {@code ekko.nats.streams}.
 *
 * @param subjects what it captures, each with its place
 * @param place    of the first thing that is said of it
 */
public record NatsStream(String name, List<Setting> subjects, Optional<Setting> retention, Optional<Setting> discard, Place place) {

    static final String ALL = "ekko.nats.streams";

    static List<NatsStream> of(Settings settings) {
        return settings.names(ALL).stream().map(name -> of(name, settings.below(ALL + "." + name))).toList();
    }

    private static NatsStream of(String name, Map<String, Setting> said) {
        List<Setting> subjects = new ArrayList<>();
        said.forEach((key, setting) -> {
            if (key.startsWith("subjects")) {
                for (String subject : setting.value().split(",")) {
                    subjects.add(new Setting(setting.key(), subject.strip(), setting.place()));
                }
            }
        });
        return new NatsStream(name, subjects, Optional.ofNullable(said.get("retention")), Optional.ofNullable(said.get("discard")),
                said.values().iterator().next().place());
    }

    public boolean isWorkQueue() {
        return retention.map(Setting::value).filter(value -> value.toLowerCase().replaceAll("[-_]", "").equals("workqueue")).isPresent();
    }

    /** @return whether it stores whatever this subject or filter stands for */
    public boolean captures(String subject) {
        return subjects.stream().anyMatch(mine -> Subjects.covers(mine.text(), subject));
    }

    /** @return whether it stores some of what this filter stands for */
    public boolean touches(String filter) {
        return subjects.stream().anyMatch(mine -> Subjects.overlap(mine.text(), filter));
    }
}
