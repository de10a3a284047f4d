package routes.deadletter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.springframework.stereotype.Component;
import routes.nats.JetStreamPublisher;
import routes.nats.NatsProperties;
import routes.nats.StoredMessages;

import static io.nats.client.support.NatsJetStreamConstants.MSG_ID_HDR;

/**
 * An original that does not fit into its dead letter, because it fills a message by itself, is kept in parts: the first
 * in the letter, the others beside it in the stream DLQ.
 */
@Component
class DeadLetterParts {

    static final String SUBJECT = DeadLetter.PREFIX + "parts.";
    private static final int PART = 512 * 1024;
    private static final int ROOM_FOR_HEADERS = 8 * 1024;

    private final StoredMessages stored;
    private final JetStreamPublisher publisher;
    private final ObjectMapper json;
    private final long maxPayload;

    DeadLetterParts(StoredMessages stored, JetStreamPublisher publisher, ObjectMapper json, NatsProperties properties) {
        this.stored = stored;
        this.publisher = publisher;
        this.json = json;
        this.maxPayload = properties.maxPayload().toBytes();
    }

    boolean fits(byte[] letter) {
        return letter.length + ROOM_FOR_HEADERS <= maxPayload;
    }

    /**
     * Stores all parts but the first.
     *
     * @param id       id of the letter
     * @param original the whole original
     * @return the letter's {@code data}: the first part, and how many there are
     */
    ObjectNode split(String id, byte[] original) throws IOException {
        int parts = (original.length + PART - 1) / PART;
        for (int part = 1; part < parts; part++) {
            store(id, part, Arrays.copyOfRange(original, part * PART, Math.min(original.length, (part + 1) * PART)));
        }
        return json.createObjectNode().put("encoding", "base64").put("bytes", base64(Arrays.copyOf(original, Math.min(PART, original.length))))
                .put("parts", parts).put("parts_subject", SUBJECT + id);
    }

    private void store(String id, int part, byte[] bytes) throws IOException {
        Headers headers = new Headers().put(MSG_ID_HDR, id + "-part-" + part);
        byte[] body = json.writeValueAsBytes(json.createObjectNode().put("bytes", base64(bytes)));
        try {
            publisher.publish(NatsMessage.builder().subject(SUBJECT + id + "." + part).headers(headers).data(body).build()).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    /** @return the original of a letter that is kept in parts */
    byte[] join(JsonNode data) throws IOException, JetStreamApiException {
        ByteArrayOutputStream original = new ByteArrayOutputStream();
        original.write(Base64.getDecoder().decode(data.path("bytes").asText()));
        List<MessageInfo> others = parts(data);
        if (others.size() != data.path("parts").asInt() - 1) {
            throw new IOException("Only %d of %s parts are left of this dead letter".formatted(1 + others.size(), data.path("parts")));
        }
        for (MessageInfo part : others) {
            original.write(Base64.getDecoder().decode(json.readTree(part.getData()).path("bytes").asText()));
        }
        return original.toByteArray();
    }

    void delete(JsonNode data) throws IOException, JetStreamApiException {
        for (MessageInfo part : parts(data)) {
            stored.delete(DeadLetterStore.STREAM, part.getSeq());
        }
    }

    /** All but the first, which is in the letter. */
    private List<MessageInfo> parts(JsonNode data) throws IOException, JetStreamApiException {
        List<MessageInfo> parts = new ArrayList<>();
        for (int part = 1; part < data.path("parts").asInt(); part++) {
            stored.last(DeadLetterStore.STREAM, data.path("parts_subject").asText() + "." + part).ifPresent(parts::add);
        }
        return parts;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
