package routes.alerts;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import routes.nats.NatsConnection;
import routes.nats.RouteEndpoint;
import routes.nats.StoredMessages;

/** What still waits in the streams on the way from a sentence to its result. */
@Component("jobBacklog")
@ConditionalOnProperty("ekko.role.ops")
public class JobBacklog {

    private static final Logger LOG = LoggerFactory.getLogger(JobBacklog.class);
    private static final Set<String> ON_THE_WAY = Set.of("alerts.created", "jobs.alert.created", "jobs.alert.completed");

    private final NatsConnection nats;
    private final StoredMessages stored;
    private final Duration after;
    /** Read from the route files when first asked for, not while the application starts. */
    private final Supplier<List<RouteEndpoint>> consumers = SingletonSupplier.of(
            () -> RouteEndpoint.durables().stream().filter(endpoint -> ON_THE_WAY.contains(endpoint.subject())).toList());

    JobBacklog(NatsConnection nats, StoredMessages stored, @Value("${ekko.ask-again.after}") Duration after) {
        this.nats = nats;
        this.stored = stored;
        this.after = after;
    }

    /**
     * @return whether an alert that has been pending for longer than {@code ekko.ask-again.after} has no message on its
     *         way any more: none that old waits for a consumer or is in its hands. False while NATS cannot tell.
     */
    public boolean isYoung() {
        Connection connection = nats.ifConnected().orElse(null);
        if (connection == null) {
            return false;
        }
        try {
            Instant since = Instant.now().minus(after);
            for (RouteEndpoint consumer : consumers.get()) {
                Optional<ConsumerInfo> info = connection.jetStreamManagement().getConsumers(consumer.stream()).stream()
                        .filter(candidate -> candidate.getName().equals(consumer.durable())).findFirst();
                if (info.isEmpty() || isBehind(consumer, info.get(), since)) {
                    return false;
                }
            }
            return true;
        } catch (IOException | JetStreamApiException e) {
            LOG.debug("Whether old jobs wait is not known: {}", e.getMessage());
            return false;
        }
    }

    /**
     * Everything up to the ack floor is settled, so the next message of the subject is the oldest that is not; unless the
     * consumer has none left: a server that was killed may go on storing what is settled (docs/faults.md).
     */
    private boolean isBehind(RouteEndpoint consumer, ConsumerInfo info, Instant since) throws IOException, JetStreamApiException {
        return info.getNumPending() + info.getNumAckPending() > 0
                && stored.next(consumer.stream(), info.getAckFloor().getStreamSequence() + 1, consumer.subject())
                        .filter(oldest -> oldest.getTime().toInstant().isBefore(since)).isPresent();
    }
}
