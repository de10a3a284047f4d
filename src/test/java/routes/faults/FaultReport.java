package routes.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Prints the table and, when no fault was left out, puts it into {@code docs/faults.md}, between the markers of its part. */
final class FaultReport {

    private static final Path PAGE = Path.of(System.getProperty("ekko.faults.report", "docs/faults.md"));

    private FaultReport() {
    }

    static void write(String part, String conditions, Level before, List<Row> rows) throws IOException {
        String table = rows.stream().map(Row::toString).collect(Collectors.joining("\n", Row.HEAD + "\n", "\n"));
        String text = "%s, %s, %s.%nBefore the faults: %d threads, %d MB heap.%n%n%s".formatted(
                LocalDate.now(ZoneOffset.UTC), conditions, machine(), before.threads(), before.heapMegabytes(), table);
        System.out.println("\n" + text);
        if (!FaultSettings.ONLY.isEmpty()) {
            return;
        }
        String page = Files.readString(PAGE);
        Pattern marked = Pattern.compile("(<!-- begin %1$s -->\n).*?(<!-- end %1$s -->)".formatted(part), Pattern.DOTALL);
        Files.writeString(PAGE, marked.matcher(page).replaceFirst("$1" + Matcher.quoteReplacement(text) + "$2"));
    }

    private static String machine() {
        return "%d processors, %s %s, Java %s".formatted(Runtime.getRuntime().availableProcessors(), System.getProperty("os.name"),
                System.getProperty("os.arch"), Runtime.version().feature());
    }
}
