package bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Times in milliseconds, by their order. */
record Figures(int count, double p50, double p95, double p99, double max) {

    /** @param nanos durations in nanoseconds */
    static Figures of(Collection<Long> nanos) {
        double[] sorted = nanos.stream().mapToDouble(each -> each / 1e6).sorted().toArray();
        if (sorted.length == 0) {
            return new Figures(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        return new Figures(sorted.length, at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99), sorted[sorted.length - 1]);
    }

    private static double at(double[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
    }

    void into(Map<String, Double> figures, String name) {
        figures.put(name + " p50 ms", p50);
        figures.put(name + " p95 ms", p95);
        figures.put(name + " p99 ms", p99);
        figures.put(name + " max ms", max);
    }

    /** @return minimum, median and maximum of the rounds, for each figure that every round has */
    static Map<String, double[]> overRounds(Collection<Map<String, Double>> rounds) {
        Map<String, double[]> all = new LinkedHashMap<>();
        rounds.iterator().next().keySet().forEach(name -> {
            double[] sorted = rounds.stream().mapToDouble(round -> round.getOrDefault(name, Double.NaN)).toArray();
            Arrays.sort(sorted);
            all.put(name, new double[]{sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]});
        });
        return all;
    }
}
