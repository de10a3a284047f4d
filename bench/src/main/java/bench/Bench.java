package bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures the application beside a hand-written service: {@code bench/run --help}. */
public final class Bench {

    private Bench() {
    }

    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            System.out.print(BenchOptions.HELP);
            return;
        }
        BenchOptions options;
        try {
            options = BenchOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.printf("bench: %s%n%n%s", e.getMessage(), BenchOptions.HELP);
            System.exit(2);
            return;
        }
        new Report(options, measure(options)).write();
        System.exit(0);
    }

    private static Map<Service.Kind, List<Map<String, Double>>> measure(BenchOptions options) throws Exception {
        Scenarios scenarios = new Scenarios(options);
        Map<Service.Kind, List<Map<String, Double>>> rounds = new EnumMap<>(Service.Kind.class);
        for (int round = 1; round <= options.rounds(); round++) {
            for (Service.Kind kind : Service.Kind.values()) {
                Map<String, Double> figures = new LinkedHashMap<>();
                if (options.only().contains("flow")) {
                    say(round, kind, "flow");
                    figures.putAll(scenarios.flow(kind));
                }
                if (options.only().contains("backlog")) {
                    say(round, kind, "backlog");
                    figures.putAll(scenarios.backlog(kind));
                }
                if (options.only().contains("templates") && kind == Service.Kind.EKKO) {
                    say(round, kind, "templates");
                    figures.putAll(scenarios.templates());
                }
                if (options.only().contains("growth") && kind == Service.Kind.EKKO) {
                    say(round, kind, "growth");
                    figures.putAll(scenarios.growth());
                }
                rounds.computeIfAbsent(kind, any -> new ArrayList<>()).add(figures);
            }
        }
        return rounds;
    }

    private static void say(int round, Service.Kind kind, String scenario) {
        System.out.printf("round %d, %s: %s%n", round, kind.name().toLowerCase(), scenario);
    }
}
