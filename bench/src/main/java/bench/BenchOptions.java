package bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * How much is measured.
 *
 * @param rounds      times that each service is measured, in turn
 * @param warmUp      alerts before the clock runs
 * @param alerts      alerts for each number of connections
 * @param connections numbers of connections of the closed loop
 * @param rates       alerts a second of the open loop
 * @param seconds     time that each rate is kept
 * @param backlog     alerts that wait after an outage
 * @param growth      rows in the table
 * @param only        scenarios to run: flow, backlog, growth, templates
 * @param aot         whether the application starts with the cache of the Maven profile of that name
 */
record BenchOptions(int rounds, int warmUp, int alerts, List<Integer> connections, List<Integer> rates, int seconds, int backlog,
                    List<Integer> growth, List<String> only, boolean aot) {

    static final List<String> SCENARIOS = List.of("flow", "backlog", "growth", "templates");
    static final String HELP = """
            bench/run [--quick] [--aot] [--rounds N] [--only flow,backlog,growth,templates] [--connections 1,16,64] [--rates 100,300,1000]

            Starts the production jar and a hand-written service that does the same (bench/src/main/java/bench/baseline)
            in turn, each with a PostgreSQL (fsync on) and a nats-server of its own, drives them from this process, and
            compares. Only ratios within one run mean anything. Writes bench/target/bench.json and bench/target/bench.md.

              --quick        one round, a tenth of the alerts: whether it runs, not how fast
              --aot          the application with the cache of the Maven profile aot: on a JDK of 25 or newer (JAVA_HOME) as in
                             its image, with classes and profiles; before, with classes alone. The hand-written service
                             starts as ever
              --rounds       times that each service is measured (3)
              --only         some of the scenarios
              --connections  of the flow's closed loop; none leaves it out
              --rates        of the flow's open loop, alerts a second; none leaves it out

            Linux only: CPU and memory are read from /proc.
            """;

    static BenchOptions parse(String... arguments) {
        boolean quick = false;
        boolean aot = false;
        int rounds = 0;
        List<String> only = SCENARIOS;
        List<Integer> connections = List.of(1, 16, 64);
        List<Integer> rates = List.of(100, 300, 1_000);
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> quick = true;
                case "--aot" -> aot = true;
                case "--rounds" -> rounds = Integer.parseInt(value(arguments, ++i));
                case "--connections" -> connections = numbers(value(arguments, ++i));
                case "--rates" -> rates = numbers(value(arguments, ++i));
                case "--only" -> only = List.of(value(arguments, ++i).split(","));
                default -> throw new IllegalArgumentException("there is no option " + arguments[i]);
            }
        }
        only.stream().filter(name -> !SCENARIOS.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("--only: there is no scenario " + name);
        });
        return quick ? new BenchOptions(Math.max(1, rounds), 2_000, 500, connections, rates, 2, 1_000, List.of(1_000, 10_000), only, aot)
                : new BenchOptions(rounds > 0 ? rounds : 3, 30_000, 3_000, connections, rates, 10, 10_000, List.of(10_000, 100_000, 1_000_000), only, aot);
    }

    private static List<Integer> numbers(String value) {
        return value.equals("none") ? List.of() : Stream.of(value.split(",")).map(Integer::valueOf).toList();
    }

    private static String value(String[] arguments, int at) {
        if (at >= arguments.length) {
            throw new IllegalArgumentException(arguments[at - 1] + " needs a value");
        }
        return arguments[at];
    }
}
