package routes.workbench.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement as Camel's sql component reads it: {@code :#name}, {@code :#in:name} and {@code :#${simple}} are placeholders,
 * everywhere; a lone {@code #} is one that counts.
 *
 * @see <a href="https://camel.apache.org/components/4.14.x/sql-component.html">SQL component</a>
 */
final class SqlText {

    /** Comments, quoted text and the pieces that only look like placeholders; each is taken whole. */
    private static final Pattern PIECE = Pattern.compile("--[^\\n]*|/\\*(?s:.*?)\\*/|'(?:[^']|'')*'|\"[^\"]*\"|::|:=|:[#?](?:in:)?\\$\\{[^}]*}|:[#?](?:in:)?\\w+(?:-[a-zA-Z]\\w*)?|:[#?]\\S*|#>+|(?<=[\\s(,=<>]):[a-zA-Z_]\\w*");
    private static final Pattern PLACEHOLDER = Pattern.compile(":[#?](?:in:)?(?:\\w+|\\$\\{[^}]*})");

    private SqlText() {
    }

    record Fault(int line, String message) {
    }

    static List<Fault> faults(String statement) {
        List<Fault> faults = new ArrayList<>();
        Matcher piece = PIECE.matcher(statement);
        while (piece.find()) {
            String message = fault(piece.group());
            if (message != null) {
                faults.add(new Fault((int) statement.substring(0, piece.start()).lines().count() + (statement.startsWith("\n", Math.max(0, piece.start() - 1)) ? 1 : 0), message));
            }
        }
        return faults;
    }

    private static String fault(String piece) {
        if (piece.startsWith("'") || piece.startsWith("--") || piece.startsWith("/*") || piece.startsWith("\"")) {
            return PLACEHOLDER.matcher(piece).find() && piece.startsWith("'") ? "%s is in quotes: a placeholder stands for the whole value".formatted(piece) : null;
        }
        if (piece.startsWith("::") || piece.startsWith(":=") || PLACEHOLDER.matcher(piece).matches()) {
            return null;
        }
        if (piece.startsWith("#>")) {
            return "# is a placeholder, also in %s: say jsonb_extract_path".formatted(piece);
        }
        return piece.startsWith(":#") || piece.startsWith(":?") ? "'%s' is no placeholder: :#name, :#in:name or :#${…}".formatted(piece)
                : "'%s' is no placeholder of Camel: say :#%s".formatted(piece, piece.substring(1));
    }
}
