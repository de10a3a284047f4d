package routes.workbench.lint;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import routes.workbench.model.NatsStream;
import routes.workbench.model.Project;
import routes.workbench.model.Settings.Setting;

/** The cluster that the project's settings name can keep as many copies as they ask for. */
final class ClusterCheck implements Check {

    private static final int MOST = 5;

    @Override
    public void check(Project project, Report report) {
        List<String> servers = servers(project);
        project.settings().get("ekko.nats.replicas").ifPresent(setting -> replicas(setting, servers, report));
        for (NatsStream stream : project.streams()) {
            Map<String, Setting> said = project.settings().below("ekko.nats.streams." + stream.name());
            said.forEach((key, setting) -> {
                if (key.matches("(num-)?replicas")) {
                    replicas(setting, servers, report);
                }
            });
        }
    }

    private static List<String> servers(Project project) {
        return project.settings().get("ekko.nats.url").map(setting -> Arrays.asList(setting.value().split(",")))
                .orElseGet(() -> project.settings().below("ekko.nats").entrySet().stream().filter(entry -> entry.getKey().startsWith("url"))
                        .map(entry -> entry.getValue().value()).toList());
    }

    private static void replicas(Setting setting, List<String> servers, Report report) {
        if (!setting.value().matches("\\d+") || servers.isEmpty()) {
            return;
        }
        int replicas = Integer.parseInt(setting.value());
        if (replicas > servers.size() || replicas > MOST) {
            report.add(Rule.TOO_MANY_REPLICAS, "%d replicas, and ekko.nats.url names %d server%s".formatted(replicas, servers.size(), servers.size() == 1 ? "" : "s"), setting.place());
        }
    }
}
