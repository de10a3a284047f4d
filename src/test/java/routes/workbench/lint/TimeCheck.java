package routes.workbench.lint;

import java.util.Optional;

import routes.nats.EndpointOptions;
import routes.workbench.model.Durations;
import routes.workbench.model.Endpoint;
import routes.workbench.model.Place;
import routes.workbench.model.Project;
import routes.workbench.model.Settings;
import routes.workbench.model.Settings.Setting;

/**
 * A message is not delivered to somebody else while its route works on it, and a shutdown lets the route finish.
 * <p>
 * The drain time has to do for {@code batchSize / concurrentConsumers} rounds of what a message certainly takes, its
 * delays. Where the route sets {@code batchSize} itself, a round also counts the time-outs of its calls, or, for a batch
 * above the default without any, the {@code ackWait} that it sets; with the default batch that would refuse every call with
 * a time-out, though a shutdown gives back what nobody has begun.
 */
final class TimeCheck implements Check {

    private static final String DRAIN = "ekko.nats.drain-timeout";
    private static final long DEFAULT_DRAIN = 30_000;

    @Override
    public void check(Project project, Report report) {
        project.routes().filter(route -> route.from().isJetStream()).forEach(route -> {
            RouteTime time = new RouteTime(project, route);
            if (time.largest().isPresent()) {
                ackWait(route.from(), time, report);
            }
            drain(route.from(), time, project, report);
        });
        settings(project.settings(), report);
    }

    private static void ackWait(Endpoint from, RouteTime time, Report report) {
        NatsOptions.number(from, "ackWait").filter(ackWait -> time.longest() > ackWait).ifPresent(ackWait -> {
            RouteTime.Part largest = time.largest().orElseThrow();
            Place place = from.option("ackWait").map(Endpoint.Option::place).orElse(largest.place());
            report.add(Rule.ACK_WAIT_TOO_SHORT, "the route may take %s (%s at line %d alone %s), and ackWait is %s".formatted(RouteTime.readable(time.longest()),
                    largest.what(), largest.place().line(), RouteTime.readable(largest.millis()), RouteTime.readable(ackWait)), place, largest.place());
        });
    }

    private static void drain(Endpoint from, RouteTime time, Project project, Report report) {
        Optional<Double> batch = NatsOptions.number(from, "batchSize");
        Optional<Double> consumers = NatsOptions.number(from, "concurrentConsumers");
        if (batch.isEmpty() || consumers.isEmpty()) {
            return;
        }
        double rounds = Math.max(1, Math.ceil(batch.get() / consumers.get()));
        double needed = Math.max(rounds * ofOne(from, time, batch.get()), time.longest());
        Setting setting = project.settings().get(DRAIN).orElse(null);
        long drain = project.settings().millis(DRAIN, DEFAULT_DRAIN);
        if (needed > drain) {
            Place place = from.option("batchSize").map(Endpoint.Option::place).or(() -> time.largest().map(RouteTime.Part::place)).orElse(from.place());
            report.add(Rule.DRAIN_TOO_SHORT, "%d messages in hand, %d at once, may take %s, and ekko.nats.drain-timeout is %s".formatted(
                    Math.round(batch.get()), Math.round(consumers.get()), RouteTime.readable(needed), Durations.readable(drain)),
                    place, setting == null ? place : setting.place());
        }
    }

    /** What counts for each message of a batch. */
    private static double ofOne(Endpoint from, RouteTime time, double batch) {
        if (from.option("batchSize").isEmpty()) {
            return time.certain();
        }
        boolean allowed = time.largest().isEmpty() && batch > new EndpointOptions().getBatchSize() && from.option("ackWait").isPresent();
        return allowed ? NatsOptions.number(from, "ackWait").orElse(0.0) : time.longest();
    }

    private static void settings(Settings settings, Report report) {
        long drain = settings.millis(DRAIN, DEFAULT_DRAIN);
        long ackWait = new EndpointOptions().getAckWait();
        settings.get(DRAIN).filter(setting -> drain < ackWait).ifPresent(setting -> report.add(Rule.DRAIN_TOO_SHORT,
                "a message may be worked on for the default ackWait, %s, and is given %s to finish".formatted(Durations.readable(ackWait), Durations.readable(drain)), setting.place()));
        settings.get("camel.main.shutdown-timeout").ifPresent(setting -> {
            if (setting.value().matches("\\d+") && Long.parseLong(setting.value()) * 1000 < drain) {
                report.add(Rule.DRAIN_TOO_SHORT, "Camel stops after %s s, before the drain time of %s is over".formatted(setting.value(), Durations.readable(drain)),
                        setting.place(), settings.get(DRAIN).map(Setting::place).orElse(setting.place()));
            }
        });
        settings.get("spring.lifecycle.timeout-per-shutdown-phase").ifPresent(setting -> {
            if (settings.millis(setting.key(), 30_000) < drain) {
                report.add(Rule.DRAIN_TOO_SHORT, "a shutdown phase ends after %s, before the drain time of %s is over".formatted(setting.value(), Durations.readable(drain)),
                        setting.place(), settings.get(DRAIN).map(Setting::place).orElse(setting.place()));
            }
        });
    }
}
