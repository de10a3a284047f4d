package routes.workbench.model;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as Camel and Spring write them: {@code 5000}, {@code 30s}, {@code 1h30m}, {@code 7 days}, {@code PT10M}. */
public final class Durations {

    private static final Pattern PART = Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*(ms|millis\\w*|s|sec\\w*|m|min\\w*|h|hour\\w*|d|day\\w*)?", Pattern.CASE_INSENSITIVE);

    private Durations() {
    }

    /** @return milliseconds; empty when the text is no time */
    public static OptionalLong millis(String text) {
        if (text == null || text.isBlank()) {
            return OptionalLong.empty();
        }
        if (text.startsWith("P") || text.startsWith("p")) {
            try {
                return OptionalLong.of(Duration.parse(text).toMillis());
            } catch (DateTimeParseException e) {
                return OptionalLong.empty();
            }
        }
        Matcher part = PART.matcher(text.strip());
        double millis = 0;
        int end = 0;
        while (end < text.strip().length()) {
            if (!part.find(end) || part.start() != end) {
                return OptionalLong.empty();
            }
            millis += Double.parseDouble(part.group(1)) * unit(part.group(2));
            end = part.end();
        }
        return OptionalLong.of(Math.round(millis));
    }

    private static long unit(String name) {
        String unit = name == null ? "ms" : name.toLowerCase();
        if (unit.equals("ms") || unit.startsWith("mil")) {
            return 1;
        }
        return switch (unit.charAt(0)) {
            case 's' -> 1_000;
            case 'm' -> 60_000;
            case 'h' -> 3_600_000;
            default -> 86_400_000;
        };
    }

    /** @return a time as a reader takes it in: {@code 90 s} */
    public static String readable(long millis) {
        return millis < 10_000 && millis % 1000 != 0 ? millis + " ms" : Math.round(millis / 1000.0) + " s";
    }
}
