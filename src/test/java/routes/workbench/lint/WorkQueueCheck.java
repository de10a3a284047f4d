package routes.workbench.lint;

import java.util.ArrayList;
import java.util.List;

import routes.workbench.model.Endpoint;
import routes.workbench.model.NatsStream;
import routes.workbench.model.Place;
import routes.workbench.model.Project;
import routes.workbench.model.Route;
import routes.workbench.model.Settings.Setting;
import routes.workbench.model.Subjects;

/** A work queue hands each message to one consumer, and drops none. */
final class WorkQueueCheck implements Check {

    @Override
    public void check(Project project, Report report) {
        project.streams().stream().filter(NatsStream::isWorkQueue).forEach(stream -> {
            overlaps(stream, project, report);
            boolean old = stream.discard().map(Setting::value).map(String::toLowerCase).orElse("old").matches("old|discard-?old");
            if (old) {
                report.add(Rule.DISCARD_OLD_ON_WORK_QUEUE, stream.discard().isPresent()
                                ? "work queue %s drops the old when it is full: say discard: new".formatted(stream.name())
                                : "work queue %s says no discard, and the default is old: say discard: new".formatted(stream.name()),
                        stream.discard().map(Setting::place).orElse(stream.retention().map(Setting::place).orElse(stream.place())));
            }
        });
    }

    private static void overlaps(NatsStream stream, Project project, Report report) {
        List<Endpoint> consumers = new ArrayList<>();
        // the project's own come first, so that the new one is told of
        for (boolean given : new boolean[]{false, true}) {
            project.routes().filter(route -> project.isGiven(route.file().path()) == given).map(Route::from)
                    .filter(from -> from.isJetStream() && !from.isDynamic() && isOn(from, stream)).forEach(consumers::add);
        }
        for (int i = 0; i < consumers.size(); i++) {
            Endpoint consumer = consumers.get(i);
            consumers.subList(0, i).stream().filter(other -> Subjects.overlap(other.path(), consumer.path()) && !sameDurable(other, consumer)).findFirst()
                    .ifPresent(other -> report.add(Rule.WORK_QUEUE_OVERLAP, "'%s' overlaps with '%s', which the consumer %s of work queue %s reads (%s:%d)".formatted(
                                    consumer.path(), other.path(), other.value("durableName").orElse("?"), stream.name(), other.place().file().getFileName(), other.place().line()),
                            consumer.pathPlace(), other.pathPlace(), stream.retention().map(Setting::place).orElse(stream.place())));
        }
    }

    private static boolean isOn(Endpoint from, NatsStream stream) {
        return from.value("jetstreamName").map(stream.name()::equals).orElse(false) || stream.touches(from.path());
    }

    private static boolean sameDurable(Endpoint one, Endpoint other) {
        return one.value("durableName").isPresent() && one.value("durableName").equals(other.value("durableName"));
    }
}
