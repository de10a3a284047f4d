package routes.workbench.lint;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import routes.workbench.model.Durations;
import routes.workbench.model.Endpoint;
import routes.workbench.model.Place;
import routes.workbench.model.Project;
import routes.workbench.model.Route;
import routes.workbench.model.Settings;
import routes.workbench.model.Settings.Setting;

/** The last redelivery of a message comes while the stream still knows the ids of what the first one published. */
final class RedeliveryCheck implements Check {

    private static final String WINDOW = "ekko.nats.duplicate-window";
    private static final List<String> OPTIONS = List.of("maxDeliver", "nakDelay", "maxNakDelay", "nakDelayMultiplier", "nakDelayJitter", "ackWait");

    @Override
    public void check(Project project, Report report) {
        project.routes().filter(route -> route.from().isJetStream()).forEach(route -> check(route, project, report));
    }

    private static void check(Route route, Project project, Report report) {
        Endpoint from = route.from();
        List<Optional<Double>> values = OPTIONS.stream().map(option -> NatsOptions.number(from, option)).toList();
        if (values.stream().anyMatch(Optional::isEmpty)) {
            return;
        }
        double deliveries = values.get(0).get();
        boolean publishes = route.producers().anyMatch(endpoint -> !endpoint.isConsumer() && endpoint.isJetStream());
        // without end it is meant to be, unless something is published whose id has to be remembered
        if (deliveries < 0 && !publishes) {
            return;
        }
        double naks = longest((long) deliveries, values.get(1).get(), values.get(2).get(), values.get(3).get(), values.get(4).get());
        // whoever dies right after each publish leaves the message to the server for ackWait
        double crashes = publishes ? (deliveries - 1) * values.get(5).get() : 0;
        double longest = deliveries < 0 ? Double.POSITIVE_INFINITY : Math.max(naks, crashes);
        long window = project.settings().millis(WINDOW, 600_000);
        if (longest > window) {
            String time = Double.isInfinite(longest) ? "without end" : "up to " + Durations.readable(Math.round(longest));
            report.add(Rule.REDELIVERY_OUTLASTS_DUPLICATE_WINDOW, "%s deliveries go on %s, and the duplicate window is %s"
                    .formatted(deliveries < 0 ? "endless" : "" + (long) deliveries, time, Durations.readable(window)), cause(from), setting(from, project.settings()));
        }
    }

    /** The sum of the growing delays between the first delivery and the last, chance at its worst, as RedeliveryDelay makes them. */
    private static double longest(long deliveries, double first, double maximum, double multiplier, double jitter) {
        double sum = 0;
        double delay = first;
        for (long delivery = 1; delivery < Math.min(deliveries, 100_000); delivery++) {
            sum += Math.min(delay, maximum) * (1 + jitter);
            delay = Math.min(delay * multiplier, 1e15);
        }
        return sum;
    }

    /** Of the settings that have a part in it the one that was changed; the window where none was. */
    private static Place setting(Endpoint from, Settings settings) {
        Stream<String> keys = OPTIONS.stream().map(from::option).flatMap(Optional::stream).flatMap(option -> Settings.placeholders(option.raw()).stream());
        return keys.filter(settings::isChanged).findFirst().or(() -> Optional.of(WINDOW)).flatMap(settings::get).map(Setting::place).orElse(from.place());
    }

    /** What the route itself says, rather than what it shares with all others through a placeholder. */
    private static Place cause(Endpoint from) {
        return OPTIONS.stream().map(from::option).flatMap(Optional::stream).filter(option -> !option.raw().contains("{{")).findFirst()
                .or(() -> from.option("maxDeliver")).map(Endpoint.Option::place).orElse(from.place());
    }
}
