package routes.deadletter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.nats.NatsConstants;
import org.springframework.stereotype.Component;
import routes.nats.NatsHeaders;

/**
 * Wraps a message that was given up, for {@code dlq.<original subject>}: nothing of the original is lost, and it says
 * where it came from and why it failed.
 */
@Component("deadLetterEnvelope")
public class DeadLetterEnvelope {

    private static final String PREFIX = "dlq.";

    private final ObjectMapper json;

    public DeadLetterEnvelope(ObjectMapper json) {
        this.json = json.copy().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * Replaces the body by the envelope and sets the subject to publish it on. The message id is derived from stream
     * and sequence, so that a dead letter written twice is kept once.
     */
    public void wrap(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        Exception error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String subject = exchange.getProperty(NatsHeaders.LOG_SUBJECT, String.class);
        byte[] original = exchange.getProperty(NatsHeaders.ORIGINAL_BODY, byte[].class);

        ObjectNode envelope = json.createObjectNode();
        envelope.put("original_subject", subject);
        envelope.set("data", data(original));
        envelope.put("error", error == null ? "unknown" : describe(error));
        envelope.put("failed_at", Instant.now().toString());
        envelope.put("attempts", message.getHeader(NatsHeaders.DELIVERY_COUNTER, 1L, Long.class));
        envelope.put("stream", message.getHeader(NatsHeaders.STREAM, String.class));
        envelope.put("stream_seq", message.getHeader(NatsHeaders.STREAM_SEQUENCE, Long.class));
        envelope.put("consumer", message.getHeader(NatsHeaders.CONSUMER, String.class));
        envelope.put("correlation_id", exchange.getProperty(NatsHeaders.LOG_CORRELATION_ID, String.class));
        envelope.put("redrive_count", message.getHeader("Ekko-Redrive-Count", 0, Integer.class));

        message.setBody(json.writeValueAsBytes(envelope));
        message.setHeader(NatsHeaders.OVERRIDE_SUBJECT, PREFIX + subject);
        message.setHeader(NatsHeaders.MESSAGE_ID, "dlq-%s-%s-%s".formatted(message.getHeader(NatsHeaders.STREAM),
                message.getHeader(NatsHeaders.CONSUMER), message.getHeader(NatsHeaders.STREAM_SEQUENCE)));
    }

    private JsonNode data(byte[] original) {
        if (original != null && original.length > 0) {
            try {
                // a round trip that changes the bytes is not what was sent: invalid UTF-8
                if (new String(original, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8).length == original.length) {
                    return json.readTree(original);
                }
            } catch (IOException e) {
                // no JSON: kept as the bytes it is
            }
        }
        return json.createObjectNode().put("encoding", "base64")
                .put("bytes", Base64.getEncoder().encodeToString(original == null ? new byte[0] : original));
    }

    private static String describe(Exception error) {
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getClass().getSimpleName() + ": " + error.getMessage();
    }
}
