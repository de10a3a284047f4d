package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The figures as JSON, and as a table with the ratio of the medians. */
record Report(BenchOptions options, Map<Service.Kind, List<Map<String, Double>>> rounds) {

    void write() throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("time", Instant.now().toString());
        all.put("processors", Runtime.getRuntime().availableProcessors());
        all.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", Java " + System.getProperty("java.version"));
        all.put("options", options);
        all.put("rounds", new TreeMap<>(rounds));
        Path folder = Files.createDirectories(Path.of("bench", "target"));
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(folder.resolve("bench.json").toFile(), all);
        String table = table(all);
        Files.writeString(folder.resolve("bench.md"), table);
        System.out.println(table);
    }

    private String table(Map<String, Object> all) {
        Map<String, double[]> ekko = Figures.overRounds(rounds.get(Service.Kind.EKKO));
        Map<String, double[]> baseline = Figures.overRounds(rounds.get(Service.Kind.BASELINE));
        StringBuilder text = new StringBuilder("%s, %s processors, %s; %d rounds in turn: median (minimum to maximum)%n%n".formatted(
                all.get("time"), all.get("processors"), all.get("system"), options.rounds()));
        text.append("| | Ekko Alerts | hand-written | ratio |\n|---|--:|--:|--:|\n");
        ekko.forEach((name, figures) -> {
            double[] other = baseline.get(name);
            text.append("| %s | %s | %s | %s |%n".formatted(name, cell(figures), other == null ? "" : cell(other),
                    other == null || other[1] == 0 ? "" : "%.2f".formatted(figures[1] / other[1])));
        });
        return text.toString();
    }

    private static String cell(double[] figures) {
        return figures[0] == figures[2] ? number(figures[1]) : "%s (%s to %s)".formatted(number(figures[1]), number(figures[0]), number(figures[2]));
    }

    private static String number(double value) {
        return value >= 100 || value == Math.rint(value) ? "%,.0f".formatted(value) : value >= 10 ? "%.1f".formatted(value) : "%.2f".formatted(value);
    }
}
