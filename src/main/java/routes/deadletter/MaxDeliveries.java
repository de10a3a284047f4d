package routes.deadletter;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.RetentionPolicy;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.nats.JetStreamPublisher;
import routes.nats.NatsConnection;
import routes.nats.StoredMessages;
import routes.nats.UnreadableMessageException;

/**
 * Answers the advisory that a message has used up its deliveries without being settled: the process died with it each
 * time, or never came to an end. The message is looked up by its sequence and kept as a dead letter.
 *
 * @see <a href="https://docs.nats.io/running-a-nats-service/nats_admin/monitoring/monitoring_jetstream">JetStream advisories</a>
 */
@Component("maxDeliveries")
public class MaxDeliveries {

    private static final Logger LOG = LoggerFactory.getLogger(MaxDeliveries.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    private final NatsConnection nats;
    private final StoredMessages stored;
    private final JetStreamPublisher publisher;
    private final DeadLetterEnvelope envelope;
    private final ObjectMapper json;

    MaxDeliveries(NatsConnection nats, StoredMessages stored, JetStreamPublisher publisher, DeadLetterEnvelope envelope, ObjectMapper json) {
        this.nats = nats;
        this.stored = stored;
        this.publisher = publisher;
        this.envelope = envelope;
        this.json = json;
    }

    /** @param advisory body of {@code $JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.<stream>.<consumer>} */
    public void keep(@Body byte[] advisory) throws IOException, JetStreamApiException {
        JsonNode told = json.readTree(advisory);
        String stream = told.path("stream").asText();
        String consumer = told.path("consumer").asText();
        long seq = told.path("stream_seq").asLong();
        if (!NAME.matcher(stream).matches() || !NAME.matcher(consumer).matches() || seq < 1) {
            LOG.warn("An advisory that names no message is dropped: {}", told);
            return;
        }
        Optional<MessageInfo> message;
        try {
            message = stored.find(stream, seq);
        } catch (UnreadableMessageException e) {
            LOG.error("{} {} has used up the deliveries of {} and stays where it is: {}", stream, seq, consumer, e.getMessage());
            return;
        }
        if (message.isEmpty()) {
            LOG.info("{} {} was given up by {}, but is no longer there: somebody has settled it", stream, seq, consumer);
            return;
        }
        try {
            publisher.publish(envelope.ofGivenUp(message.get(), stream, consumer, told.path("deliveries").asLong())).join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
        LOG.warn("{} {} has used up the deliveries of {} and is a dead letter now", stream, seq, consumer);
        if (nats.get().jetStreamManagement().getStreamInfo(stream).getConfiguration().getRetentionPolicy() == RetentionPolicy.WorkQueue) {
            // no consumer will ever take it, so it would stand in the queue for good
            stored.delete(stream, seq);
        }
    }
}
