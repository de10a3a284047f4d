package routes.outbox;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.RetentionPolicy;
import org.springframework.stereotype.Component;
import routes.nats.NatsConnection;
import routes.nats.NatsProperties;
import routes.nats.StoredMessages;
import routes.nats.StreamTopology;

import static io.nats.client.support.NatsJetStreamConstants.MSG_ID_HDR;

/**
 * Looks into the streams for events that may have been published before: after a crash or a lost PubAck, and so long ago
 * that the stream itself no longer recognises their ids.
 */
@Component
class AlreadyPublished {

    private static final Duration ANSWER = Duration.ofSeconds(5);
    /** Between the clocks of the database, which dates the events, and of the NATS server, which dates its messages. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final NatsConnection nats;
    private final StoredMessages stored;
    private final StreamTopology streams;
    /** So long a stream knows an id for sure, whatever the clocks say. */
    private final Duration remembered;

    AlreadyPublished(NatsConnection nats, StoredMessages stored, StreamTopology streams, NatsProperties properties) {
        this.nats = nats;
        this.streams = streams;
        this.stored = stored;
        this.remembered = properties.duplicateWindow().dividedBy(2);
    }

    /** @return whether the stream may have forgotten the id of such an event, if it was published when it was written */
    boolean mayBeForgotten(OutboxEvent event) {
        return event.createdAt().isBefore(Instant.now().minus(remembered));
    }

    /**
     * @param looked when the outbox was read
     * @return until when what was read may be sent: later another relay may have sent it, longer ago than its stream remembers
     */
    Instant latest(Instant looked) {
        return looked.plus(remembered);
    }

    /**
     * @param events the events in doubt
     * @return the ids of those that their streams still hold. What a work queue has handed out it holds no longer: its
     *         consumer must know a message again by itself, and {@code settle-jobs.sql} does.
     */
    Set<String> among(Collection<OutboxEvent> events) throws IOException, JetStreamApiException, InterruptedException {
        JetStreamManagement management = nats.get().jetStreamManagement();
        Set<String> found = new HashSet<>();
        Map<String, List<OutboxEvent>> bySubject = events.stream().collect(Collectors.groupingBy(OutboxEvent::subject));
        for (Map.Entry<String, List<OutboxEvent>> subject : bySubject.entrySet()) {
            Optional<String> stream = streams.streamOf(subject.getKey());
            if (stream.isPresent() && management.getStreamInfo(stream.get()).getConfiguration().getRetentionPolicy() != RetentionPolicy.WorkQueue) {
                search(stream.get(), subject.getKey(), subject.getValue(), found);
            }
        }
        return found;
    }

    private void search(String stream, String subject, List<OutboxEvent> events, Set<String> found)
            throws IOException, JetStreamApiException, InterruptedException {
        Set<String> wanted = events.stream().map(OutboxEvent::id).collect(Collectors.toSet());
        Instant since = events.stream().map(OutboxEvent::createdAt).min(Comparator.naturalOrder()).orElseThrow().minus(CLOCK_SKEW);
        Optional<MessageInfo> last = stored.last(stream, subject).filter(message -> !message.getTime().toInstant().isBefore(since));
        if (last.isEmpty()) {
            return;
        }
        JetStreamSubscription history = nats.get().jetStream().subscribe(subject, PushSubscribeOptions.builder().stream(stream).ordered(true)
                .configuration(ConsumerConfiguration.builder().headersOnly(true).deliverPolicy(DeliverPolicy.ByStartTime)
                        .startTime(since.atZone(ZoneOffset.UTC)).build()).build());
        try {
            long read;
            do {
                Message message = history.nextMessage(ANSWER);
                if (message == null) {
                    throw new IOException("the stream " + stream + " did not answer in time");
                }
                String id = message.getHeaders() == null ? null : message.getHeaders().getFirst(MSG_ID_HDR);
                if (wanted.contains(id)) {
                    found.add(id);
                }
                read = message.metaData().streamSequence();
            } while (read < last.get().getSeq()); // not by the consumer's pending count: an ordered consumer that is made anew counts anew
        } finally {
            history.unsubscribe();
        }
    }
}
