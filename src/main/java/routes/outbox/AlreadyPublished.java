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
import java.util.Set;
import java.util.stream.Collectors;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import org.springframework.stereotype.Component;
import routes.nats.NatsConnection;
import routes.nats.NatsProperties;

import static io.nats.client.support.NatsJetStreamConstants.MSG_ID_HDR;

/**
 * Looks into the streams for events that may have been published before: after a crash or a lost PubAck, and so long ago
 * that the stream itself no longer recognises their ids.
 */
@Component
class AlreadyPublished {

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final NatsConnection nats;
    private final Duration remembered;

    AlreadyPublished(NatsConnection nats, NatsProperties properties) {
        this.nats = nats;
        this.remembered = properties.duplicateWindow();
    }

    /** @return whether the stream may have forgotten the id of such an event, if it was published when it was written */
    boolean mayBeForgotten(OutboxEvent event) {
        return !"jobs".equals(event.domain()) && event.createdAt().isBefore(Instant.now().minus(remembered.dividedBy(2)));
    }

    /**
     * @param events the events in doubt
     * @return the ids of those that their streams already hold
     */
    Set<String> among(Collection<OutboxEvent> events) throws IOException, JetStreamApiException, InterruptedException {
        Connection connection = nats.get();
        Set<String> found = new HashSet<>();
        Map<String, List<OutboxEvent>> bySubject = events.stream().collect(Collectors.groupingBy(OutboxEvent::subject));
        for (Map.Entry<String, List<OutboxEvent>> subject : bySubject.entrySet()) {
            search(connection, subject.getKey(), subject.getValue(), found);
        }
        return found;
    }

    private static void search(Connection connection, String subject, List<OutboxEvent> events, Set<String> found)
            throws IOException, JetStreamApiException, InterruptedException {
        Set<String> wanted = events.stream().map(OutboxEvent::id).collect(Collectors.toSet());
        OutboxEvent oldest = events.stream().min(Comparator.comparing(OutboxEvent::createdAt)).orElseThrow();
        JetStreamSubscription history = connection.jetStream().subscribe(subject, PushSubscribeOptions.builder().ordered(true)
                .configuration(ConsumerConfiguration.builder().headersOnly(true).deliverPolicy(DeliverPolicy.ByStartTime)
                        .startTime(oldest.createdAt().atZone(ZoneOffset.UTC)).build()).build());
        try {
            for (long left = history.getConsumerInfo().getCalculatedPending(); left > 0; left--) {
                Message message = history.nextMessage(ANSWER);
                if (message == null) {
                    throw new IOException("the stream of " + subject + " did not answer in time");
                }
                String id = message.getHeaders() == null ? null : message.getHeaders().getFirst(MSG_ID_HDR);
                if (wanted.contains(id)) {
                    found.add(id);
                }
            }
        } finally {
            history.unsubscribe();
        }
    }
}
