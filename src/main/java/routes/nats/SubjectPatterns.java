package routes.nats;

import java.util.List;

import org.springframework.stereotype.Component;

/**
 * Keeps the {@code subject} label of metrics bounded: a subject is reported as the first configured pattern it matches
 * ({@code templates.match.response.*}), never with an id in it.
 */
@Component
public class SubjectPatterns {

    static final String OTHER = "other";

    private final List<String> patterns;

    public SubjectPatterns(NatsMetricsProperties properties) {
        this.patterns = properties.subjects();
    }

    /**
     * @param subject a concrete subject
     * @return the pattern to report it under; {@code other} where none matches
     */
    public String of(String subject) {
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
