package bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.hc.core5.http.ClassicHttpRequest;

/** What is measured. Each scenario gives figures by name; a name says its unit. */
final class Scenarios {

    private static final Duration BOUND = Duration.ofMinutes(10);

    private final BenchOptions options;

    Scenarios(BenchOptions options) {
        this.options = options;
    }

    /** From the request to {@code alerts.updated}, at several numbers of connections and at several rates. */
    Map<String, Double> flow(Service.Kind kind) throws Exception {
        Map<String, Double> figures = new LinkedHashMap<>();
        try (Service service = new Service(kind, options.aot())) {
            figures.put("start-up s", service.start(Map.of()));
            try (Updates updates = new Updates(service.nats.url())) {
                closed(service, updates, options.warmUp(), 16);
                for (int connections : options.connections()) {
                    closedFigures(service, updates, connections, figures);
                }
                for (int rate : options.rates()) {
                    openFigures(service, updates, rate, figures);
                }
                figures.put("lost", (double) service.count("SELECT count(*) FROM alerts WHERE status = 'pending'"));
                figures.put("doubled", (double) updates.doubled());
            }
            figures.put("peak memory MiB", service.peakMemory());
        }
        return figures;
    }

    private void closedFigures(Service service, Updates updates, int connections, Map<String, Double> figures) throws Exception {
        List<Double> before = service.cpuMillis();
        long begun = System.nanoTime();
        Load load = closed(service, updates, options.alerts(), connections);
        double seconds = (updates.done().entrySet().stream().filter(each -> load.sent.containsKey(each.getKey()))
                .mapToLong(Map.Entry::getValue).max().orElseThrow() - begun) / 1e9;
        List<Double> after = service.cpuMillis();
        String name = connections + " connections: ";
        figures.put(name + "completed/s", options.alerts() / seconds);
        Figures.of(load.answered).into(figures, name + "POST");
        Figures.of(endToEnd(load, updates)).into(figures, name + "end to end");
        List<String> processes = List.of("service", "PostgreSQL", "NATS");
        for (int i = 0; i < processes.size(); i++) {
            figures.put(name + "CPU ms an alert, " + processes.get(i), (after.get(i) - before.get(i)) / options.alerts());
        }
        figures.put(name + "CPU ms an alert", (sum(after) - sum(before)) / options.alerts());
        figures.put(name + "refused", (double) load.refused.get());
    }

    private void openFigures(Service service, Updates updates, int rate, Map<String, Double> figures) throws InterruptedException {
        Load load = Load.alerts(service);
        int before = updates.count();
        load.open(rate, options.seconds());
        updates.awaitCount(before + load.sent.size(), BOUND);
        String name = rate + "/s: ";
        Figures.of(load.answered).into(figures, name + "POST");
        Figures.of(endToEnd(load, updates)).into(figures, name + "end to end");
        figures.put(name + "refused", (double) load.refused.get());
    }

    private static Load closed(Service service, Updates updates, int alerts, int connections) throws Exception {
        Load load = Load.alerts(service);
        int before = updates.count();
        load.closed(alerts, connections);
        updates.awaitCount(before + load.sent.size(), BOUND);
        return load;
    }

    private static Queue<Long> endToEnd(Load load, Updates updates) {
        Queue<Long> times = new ConcurrentLinkedQueue<>();
        load.sent.forEach((alert, sent) -> times.add(updates.done().get(alert) - sent));
        return times;
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Alerts wait in the stream because nobody works them out; then everything starts, and they are done. */
    Map<String, Double> backlog(Service.Kind kind) throws Exception {
        Map<String, Double> figures = new LinkedHashMap<>();
        try (Service service = new Service(kind, options.aot())) {
            service.start(kind == Service.Kind.EKKO ? Map.of("EKKO_ROLES", "api") : Map.of("BENCH_CONSUMERS", "false"));
            Load load = Load.alerts(service);
            load.closed(options.backlog(), 16);
            service.stop();
            try (Updates updates = new Updates(service.nats.url())) {
                service.start(Map.of());
                updates.awaitCount(1, BOUND);
                long first = System.nanoTime();
                int before = updates.count();
                updates.awaitCount(load.sent.size(), BOUND);
                figures.put("backlog of " + options.backlog() + ": completed/s", (load.sent.size() - before) / ((System.nanoTime() - first) / 1e9));
            }
        }
        return figures;
    }

    /** POST, list and update with more and more alerts in the table. */
    Map<String, Double> growth() throws Exception {
        Map<String, Double> figures = new LinkedHashMap<>();
        try (Service service = new Service(Service.Kind.EKKO, options.aot())) {
            service.start(Map.of());
            try (Updates updates = new Updates(service.nats.url())) {
                closed(service, updates, options.warmUp() / 4, 16);
                for (int rows : options.growth()) {
                    fill(service, rows);
                    Load posts = closed(service, updates, options.alerts(), 16);
                    String name = "%,d alerts: ".formatted(rows);
                    Figures.of(posts.answered).into(figures, name + "POST");
                    Load lists = new Load(service, number -> service.request("GET", "/alerts/?limit=50", null));
                    lists.closed(options.alerts() / 3, 16);
                    Figures.of(lists.answered).into(figures, name + "list");
                    List<String> ids = List.copyOf(posts.sent.keySet());
                    Load patches = new Load(service, number -> service.request("PATCH", "/alerts/" + ids.get(number % ids.size()),
                            "{\"name\":\"Renamed %d\"}".formatted(number)));
                    patches.closed(options.alerts() / 3, 16);
                    Figures.of(patches.answered).into(figures, name + "update");
                    figures.put(name + "refused", (double) posts.refused.get() + lists.refused.get() + patches.refused.get());
                }
            }
        }
        return figures;
    }

    /** Half of them are the caller's own. */
    private static void fill(Service service, int rows) throws Exception {
        long missing = rows - service.count("SELECT count(*) FROM alerts");
        service.execute("""
                INSERT INTO alerts (id, user_id, name, nl_description, job_id, status)
                SELECT gen_random_uuid(), CASE WHEN i %% 2 = 0 THEN '%s' ELSE 'user ' || i %% 1000 END, 'Alert ' || i,
                       'Alert me when my AVAX balance goes above ' || i, gen_random_uuid(), 'active'
                FROM generate_series(1, %d) AS i""".formatted(Service.USER, Math.max(0, missing)));
        service.execute("VACUUM ANALYZE alerts");
    }

    /** Template matches: answers from the cache, and answers that must be asked for. */
    Map<String, Double> templates() throws Exception {
        Map<String, Double> figures = new LinkedHashMap<>();
        try (Service service = new Service(Service.Kind.EKKO, options.aot())) {
            service.start(Map.of());
            for (int round = 0; round < 2; round++) { // the first warms up
                int begin = 1 + round * 1_000_000;
                Load misses = new Load(service, number -> match(service, begin + number));
                double missing = misses.closed(options.alerts(), 4);
                Load hits = new Load(service, number -> match(service, begin + number % 100));
                double hitting = hits.closed(options.alerts(), 4);
                figures.put("template miss: answers/s", options.alerts() / missing);
                Figures.of(misses.answered).into(figures, "template miss");
                figures.put("template hit: answers/s", options.alerts() / hitting);
                Figures.of(hits.answered).into(figures, "template hit");
                figures.put("template refused", (double) misses.refused.get() + hits.refused.get());
            }
        }
        return figures;
    }

    private static ClassicHttpRequest match(Service service, int number) {
        return service.request("POST", "/templates/match", "{\"nl_description\":\"Alert me when my AVAX balance goes above %d\"}".formatted(number));
    }
}
