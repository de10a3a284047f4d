package routes.workbench.model;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Which known name a wrong one was meant to be. */
public final class Misspelt {

    private Misspelt() {
    }

    /** @param most letters that may be missing, too many or others */
    public static Optional<String> of(String name, Stream<String> known, int most) {
        return known.min(Comparator.comparingInt(each -> distance(each, name))).filter(each -> distance(each, name) <= most);
    }

    /** Levenshtein's, whatever the case. */
    private static int distance(String one, String other) {
        String left = one.toLowerCase();
        String right = other.toLowerCase();
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
