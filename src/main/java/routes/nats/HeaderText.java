package routes.nats;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A value as a header of a NATS message has it: one line of printable ASCII. jnats refuses to send any other, and to read it.
 *
 * @see <a href="https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-4.md">ADR-4, NATS message headers</a>
 */
public final class HeaderText {

    /** They would end the header: header injection. */
    private static final Pattern LINE_BREAKS = Pattern.compile("[\\r\\n]+");
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[^\\t\\x20-\\x7e]+");

    private HeaderText() {
    }

    /** @return the value as text, line breaks as a space and all else that no header can have percent-encoded as UTF-8 */
    public static String of(Object value) {
        String text = String.valueOf(value);
        if (text.chars().allMatch(letter -> letter >= ' ' && letter <= '~')) {
            return text; // as good as all of them are
        }
        String line = LINE_BREAKS.matcher(text).replaceAll(" ");
        return NOT_PRINTABLE.matcher(line).replaceAll(found -> URLEncoder.encode(found.group(), StandardCharsets.UTF_8));
    }
}
