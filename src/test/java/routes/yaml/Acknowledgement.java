package routes.yaml;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nats.client.Message;

/**
 * What a consumer told the server about one delivery of a message, as it went over the wire.
 *
 * @param order    place among everything heard
 * @param delivery which delivery it is about, from 1
 * @param delay    how long the server is to wait after a nak; null where it was told nothing of it
 * @see <a href="https://docs.nats.io/reference/reference-protocols/nats_api_reference">the subject and bodies of acks</a>
 */
record Acknowledgement(long order, String stream, String consumer, long delivery, long streamSequence, String kind, Duration delay) {

    static final String PREFIX = "$JS.ACK.";
    /** Neither settles the message: work in progress. */
    private static final String IN_PROGRESS = "+WPI";
    private static final Pattern DELAY = Pattern.compile("\"delay\"\\s*:\\s*(\\d+)");

    /** {@code $JS.ACK.<stream>.<consumer>.<delivery>.<stream sequence>.<consumer sequence>.<time>.<pending>}, a domain and an account before the stream where there are some. */
    static Acknowledgement of(Message message, long order) {
        String[] tokens = message.getSubject().split("\\.");
        int stream = tokens.length > 9 ? 4 : 2;
        String body = new String(message.getData(), StandardCharsets.UTF_8);
        Matcher delay = DELAY.matcher(body);
        String kind = body.isEmpty() ? "+ACK" : body.split(" ", 2)[0];
        return new Acknowledgement(order, tokens[stream], tokens[stream + 1], Long.parseLong(tokens[stream + 2]), Long.parseLong(tokens[stream + 3]),
                kind, delay.find() ? Duration.ofNanos(Long.parseLong(delay.group(1))) : null);
    }

    boolean settles() {
        return !kind.equals(IN_PROGRESS);
    }

    boolean isTerminated() {
        return kind.equals("+TERM");
    }

    @Override
    public String toString() {
        String name = switch (kind) {
            case "+ACK" -> "ack";
            case "-NAK" -> "nak";
            case "+TERM" -> "terminated";
            default -> kind;
        };
        return delay == null ? name : "%s after %d ms".formatted(name, delay.toMillis());
    }
}
