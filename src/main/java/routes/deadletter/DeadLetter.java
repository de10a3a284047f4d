package routes.deadletter;

import java.io.IOException;
import java.util.Base64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.api.MessageInfo;

/**
 * A message that was given up, as the stream DLQ holds it.
 *
 * @param seq      its sequence in the stream DLQ, its id for operators
 * @param envelope the body: {@code original_subject, data, error, failed_at, attempts, …}
 */
public record DeadLetter(long seq, ObjectNode envelope) {

    /** Before the original subject. */
    static final String PREFIX = "dlq.";

    /** What somebody else has put into the stream is shown as a letter, too, with its bytes. */
    static DeadLetter from(MessageInfo message, ObjectMapper json) {
        try {
            if (json.readTree(message.getData()) instanceof ObjectNode envelope && envelope.has("original_subject")) {
                return new DeadLetter(message.getSeq(), envelope);
            }
        } catch (IOException e) {
            // no letter of ours
        }
        ObjectNode unknown = json.createObjectNode();
        unknown.put("original_subject", message.getSubject().replaceFirst("^dlq\\.", ""));
        unknown.putObject("data").put("encoding", "base64").put("bytes", Base64.getEncoder().encodeToString(message.getData()));
        unknown.put("error", "no dead letter envelope").put("failed_at", message.getTime().toInstant().toString()).put("attempts", 1);
        return new DeadLetter(message.getSeq(), unknown);
    }

    public String subject() {
        return envelope.path("original_subject").asText();
    }

    public String error() {
        return envelope.path("error").asText();
    }

    public String failedAt() {
        return envelope.path("failed_at").asText();
    }

    public int redriveCount() {
        return envelope.path("redrive_count").asInt();
    }

    public String correlationId() {
        return envelope.path("correlation_id").asText("dlq-" + seq);
    }

    JsonNode data() {
        return envelope.path("data");
    }

    boolean isInParts() {
        return isBytes() && data().has("parts");
    }

    private boolean isBytes() {
        return "base64".equals(data().path("encoding").asText()) && data().path("bytes").isTextual();
    }

    /** @return the original message of a letter that is not in parts, byte for byte but for white space in JSON */
    byte[] original(ObjectMapper json) throws IOException {
        return isBytes() ? Base64.getDecoder().decode(data().get("bytes").asText()) : json.writeValueAsBytes(data());
    }

    /** @return the envelope with its sequence, for the REST API */
    ObjectNode view() {
        ObjectNode view = envelope.deepCopy();
        view.put("seq", seq);
        return view;
    }
}
