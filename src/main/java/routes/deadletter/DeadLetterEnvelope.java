package routes.deadletter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.NatsMessage;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.stereotype.Component;
import routes.nats.CloudEvents;
import routes.nats.NatsHeaders;

/**
 * Wraps a message that was given up, for {@code dlq.<original subject>}: nothing of the original is lost, and it says
 * where it came from and why it failed. The message id is derived from where it came from, so that a dead letter written
 * twice is kept once.
 */
@Component("deadLetterEnvelope")
public class DeadLetterEnvelope {

    private static final int LONGEST_CORRELATION = 128;

    private final ObjectMapper json;
    private final CloudEvents cloudEvents;
    private final DeadLetterParts parts;

    DeadLetterEnvelope(ObjectMapper json, CloudEvents cloudEvents, DeadLetterParts parts) {
        this.parts = parts;
        this.json = json.copy().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.cloudEvents = cloudEvents;
    }

    /** Replaces the body of a failed exchange by the envelope, and sets the subject and id to publish it with. */
    public void wrap(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        Exception error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String subject = exchange.getProperty(NatsHeaders.LOG_SUBJECT, String.class);
        String stream = message.getHeader(NatsHeaders.STREAM, String.class);
        String consumer = message.getHeader(NatsHeaders.CONSUMER, String.class);
        long seq = message.getHeader(NatsHeaders.STREAM_SEQUENCE, 0L, Long.class);

        byte[] original = exchange.getProperty(NatsHeaders.ORIGINAL_BODY, new byte[0], byte[].class);

        ObjectNode envelope = envelope(subject, original, describe(error));
        envelope.put("attempts", message.getHeader(NatsHeaders.DELIVERY_COUNTER, 1L, Long.class));
        origin(envelope, stream, seq, consumer, exchange.getProperty(NatsHeaders.LOG_CORRELATION_ID, String.class),
                message.getHeader(Redrive.COUNT_HEADER, String.class));

        String id = id(stream, consumer, seq);
        // the original's headers are not the letter's, and may be as large as a message
        message.removeHeaders("*", "Camel*", "traceparent");
        message.setBody(letter(envelope, id, original));
        message.setHeader(NatsHeaders.OVERRIDE_SUBJECT, DeadLetter.PREFIX + subject);
        message.setHeader(NatsHeaders.MESSAGE_ID, id);
    }

    /**
     * @param message  the message that its stream still holds
     * @param attempts deliveries it has used up
     * @return the dead letter, ready to publish
     */
    NatsMessage ofGivenUp(MessageInfo message, String stream, String consumer, long attempts) throws IOException {
        String correlation = header(message, NatsHeaders.CORRELATION_ID, UUID.randomUUID().toString());
        ObjectNode envelope = envelope(message.getSubject(), message.getData(), "MaxDeliveries: never settled in " + attempts + " deliveries");
        envelope.put("attempts", attempts);
        origin(envelope, stream, message.getSeq(), consumer, correlation, header(message, Redrive.COUNT_HEADER, "0"));

        String id = id(stream, consumer, message.getSeq());
        String subject = DeadLetter.PREFIX + message.getSubject();
        return NatsMessage.builder().subject(subject).headers(cloudEvents.headers(subject, id, correlation, Instant.now()))
                .data(letter(envelope, id, message.getData())).build();
    }

    private byte[] letter(ObjectNode envelope, String id, byte[] original) throws IOException {
        byte[] letter = json.writeValueAsBytes(envelope);
        if (parts.fits(letter)) {
            return letter;
        }
        envelope.set("data", parts.split(id, original));
        return json.writeValueAsBytes(envelope);
    }

    private ObjectNode envelope(String subject, byte[] original, String error) {
        ObjectNode envelope = json.createObjectNode();
        envelope.put("original_subject", subject);
        envelope.set("data", data(original));
        envelope.put("error", error);
        envelope.put("failed_at", Instant.now().toString());
        return envelope;
    }

    /** Correlation id and redrive count come from headers that anybody may have written. */
    private static void origin(ObjectNode envelope, String stream, long seq, String consumer, String correlation, String redrives) {
        boolean usable = correlation != null && !correlation.isBlank() && correlation.length() <= LONGEST_CORRELATION;
        boolean counted = redrives != null && redrives.matches("\\d{1,6}");
        envelope.put("stream", stream).put("stream_seq", seq).put("consumer", consumer)
                .put("correlation_id", usable ? correlation : "%s:%d".formatted(stream, seq))
                .put("redrive_count", counted ? Integer.parseInt(redrives) : 0);
    }

    private static String id(String stream, String consumer, long seq) {
        return "dlq-%s-%s-%d".formatted(stream, consumer, seq);
    }

    private static String header(MessageInfo message, String name, String otherwise) {
        String value = message.getHeaders() == null ? null : message.getHeaders().getFirst(name);
        return value == null ? otherwise : value;
    }

    /**
     * JSON stays JSON only where writing it again gives the same document: no invalid UTF-8, no rounded number, no lost duplicate key,
     * and no nesting that is too deep for Jackson inside of a letter in a list of letters.
     */
    private JsonNode data(byte[] original) {
        try {
            String text = new String(original, StandardCharsets.UTF_8);
            JsonNode tree = original.length == 0 ? null : json.readTree(text);
            if (tree != null && !tree.has("encoding") && Arrays.equals(text.getBytes(StandardCharsets.UTF_8), original)
                    && json.writeValueAsString(List.of(List.of(List.of(tree)))).equals("[[[" + withoutSpace(text) + "]]]")) {
                return tree;
            }
        } catch (IOException e) {
            // no JSON: kept as the bytes it is
        }
        return json.createObjectNode().put("encoding", "base64").put("bytes", Base64.getEncoder().encodeToString(original));
    }

    /** The text without the white space between its tokens. */
    private static String withoutSpace(String text) {
        StringBuilder dense = new StringBuilder(text.length());
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (quoted && letter == '\\') {
                dense.append(letter);
                letter = ++i < text.length() ? text.charAt(i) : ' ';
            } else if (letter == '"') {
                quoted = !quoted;
            } else if (!quoted && Character.isWhitespace(letter)) {
                continue;
            }
            dense.append(letter);
        }
        return dense.toString();
    }

    private static String describe(Exception error) {
        if (error == null) {
            return "unknown";
        }
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getClass().getSimpleName() + ": " + error.getMessage();
    }
}
