package routes.nats;

import java.util.List;
import java.util.Set;

import org.springframework.stereotype.Component;

/**
 * Keeps the {@code subject} label of metrics bounded: a subject is reported as the first configured pattern it matches
 * ({@code templates.match.response.*}), never with an id in it.
 */
@Component
public class SubjectPatterns {

    static final String OTHER = "other";

    private final List<String> patterns;
    private final Set<String> exact;

    public SubjectPatterns(NatsMetricsProperties properties) {
        this.patterns = properties.subjects();
        this.exact = Set.copyOf(patterns);
    }

    /**
     * @param subject a concrete subject
     * @return the pattern to report it under: itself, or the first that matches; {@code other} where none does
     */
    public String of(String subject) {
        if (exact.contains(subject)) {
            return subject;
        }
        for (String pattern : patterns) {
            if (matches(pattern, subject)) {
                return pattern;
            }
        }
        return OTHER;
    }

    /**
     * @param pattern subject with the NATS wildcards {@code *} (one token) and {@code >} (one or more at the end)
     * @param subject a concrete subject
     */
    public static boolean matches(String pattern, String subject) {
        if (pattern.equals(subject)) {
            return true;
        }
        String[] wanted = pattern.split("\\.");
        String[] tokens = subject.split("\\.");
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals(">")) {
                return tokens.length > i;
            }
            if (i >= tokens.length || !wanted[i].equals("*") && !wanted[i].equals(tokens[i])) {
                return false;
            }
        }
        return wanted.length == tokens.length;
    }
}
