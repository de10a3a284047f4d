package routes.faults;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one fault did.
 *
 * @param findings of the books; null where they were not balanced after this fault alone
 * @param recovery from the end of the fault until all that had been asked for was settled; null where the next fault came first
 * @param level    of the first instance afterwards; null where it was not measured
 * @param problems what must not have happened; empty when all is well
 */
record Row(String fault, int postsPerSecond, int acknowledged, Ledger.Findings findings, Duration recovery, Level level,
           List<String> problems) {

    static final String HEAD = """
            | fault | load, posts/s | acknowledged | lost | doubled | dead letters | left in JOBS | recovery, s | threads | heap, MB |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|""";

    @Override
    public String toString() {
        return Stream.of(fault, postsPerSecond, acknowledged, findings == null ? "" : findings.lost(), findings == null ? "" : findings.doubled(),
                        findings == null ? "" : findings.deadLetters(), findings == null ? "" : findings.leftInQueue(),
                        recovery == null ? "" : String.format(Locale.ROOT, "%.1f", recovery.toMillis() / 1000.0),
                        level == null ? "" : level.threads(), level == null ? "" : level.heapMegabytes())
                .map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |"));
    }
}
