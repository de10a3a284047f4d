package routes.workbench.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What NATS subjects with wildcards have in common: {@code *} is one token, {@code >} one or more at the end. */
public final class Subjects {

    private Subjects() {
    }

    /** @return whether some subject matches both */
    public static boolean overlap(String one, String other) {
        String[] left = one.split("\\.");
        String[] right = other.split("\\.");
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            if (left[i].equals(">") || right[i].equals(">")) {
                return true;
            }
            if (!left[i].equals(right[i]) && !left[i].equals("*") && !right[i].equals("*")) {
                return false;
            }
        }
        return left.length == right.length;
    }

    /** @return whether whatever matches {@code narrow} matches {@code wide} */
    public static boolean covers(String wide, String narrow) {
        String[] all = wide.split("\\.");
        String[] some = narrow.split("\\.");
        for (int i = 0; i < all.length; i++) {
            if (all[i].equals(">")) {
                return some.length > i;
            }
            if (i >= some.length || some[i].equals(">") || !all[i].equals("*") && !all[i].equals(some[i])) {
                return false;
            }
        }
        return all.length == some.length;
    }

    /** @return a filter for what is only known at run time: each expression or parameter of a template counts as one token or part of one */
    public static String pattern(String subject) {
        return Arrays.stream(subject.replaceAll("\\$\\{[^}]*}|\\{\\{[^}]*}}", "*").split("\\.", -1))
                .map(token -> token.contains("*") ? "*" : token).collect(Collectors.joining("."));
    }

    public static boolean hasWildcard(String subject) {
        return subject.matches("(.*\\.)?[*>](\\..*)?");
    }

    /** @return whether a subject goes on where the pattern, which matches what it has, ends: {@code jobs.*} and {@code jobs.alert.created} */
    public static boolean endsBefore(String pattern, String subject) {
        int tokens = pattern.split("\\.").length;
        String[] all = subject.split("\\.");
        return all.length > tokens && !pattern.endsWith(">") && pattern.contains("*")
                && covers(pattern, String.join(".", Arrays.copyOf(all, tokens)));
    }

    /** @return whether a server would take it for a subject or a filter */
    public static boolean isWellFormed(String subject) {
        return subject.matches("[^\\s.*>]+(\\.[^\\s.*>]+)*") || subject.matches("(([^\\s.*>]+|\\*)\\.)*([^\\s.*>]+|\\*|>)");
    }
}
