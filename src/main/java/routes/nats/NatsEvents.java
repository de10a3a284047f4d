package routes.nats;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.support.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;

/**
 * Hears what jnats has to say of the connection: logs it, counts it ({@code nats_connection_events_total},
 * {@code nats_errors_total}) and keeps {@code nats_connection_status} (1 connected, 0 not).
 */
@Component
public class NatsEvents implements ConnectionListener, ErrorListener {

    private static final Logger LOG = LoggerFactory.getLogger(NatsEvents.class);

    private static final int NO_RESPONDERS = 503;

    private final MeterRegistry meters;
    private final Map<JetStreamSubscription, Runnable> watched = new ConcurrentHashMap<>();
    private final List<Consumer<Events>> listeners = new CopyOnWriteArrayList<>();
    /** The connection last opened; all else are attempts. */
    private volatile Connection established;
    /** Why the last attempt failed: the exception that jnats throws does not say. */
    private volatile String attemptFailure;
    private volatile boolean connected;
    private volatile String lastError;
    private volatile boolean closing;

    public NatsEvents(MeterRegistry meters) {
        this.meters = meters;
        meters.gauge("nats.connection.status", this, events -> events.connected ? 1 : 0);
    }

    void onEvent(Consumer<Events> listener) {
        listeners.add(listener);
    }

    /** From here on a closed connection is what was asked for. */
    void closing() {
        closing = true;
    }

    void connectFailed() {
        count("connect_failed");
    }

    /** @return why the last attempt to connect failed, and forgets it; null when jnats did not say. */
    String takeAttemptFailure() {
        String failure = attemptFailure;
        attemptFailure = null;
        return failure;
    }

    /** @return the last error the server or the client reported, or null. */
    public String lastError() {
        return lastError;
    }

    @Override
    @SuppressWarnings("deprecation")
    public void connectionEvent(Connection connection, Events event) {
        if (event == Events.CONNECTED) {
            established = connection;
        }
        if (connection != established) {
            // an attempt that failed closes, too: whoever connects hears of it by the exception
            return;
        }
        switch (event) {
            case CONNECTED, RECONNECTED, RESUBSCRIBED -> connected = true;
            case DISCONNECTED, CLOSED -> connected = false;
            default -> { }
        }
        count(event.name().toLowerCase());
        boolean bad = event == Events.DISCONNECTED || event == Events.CLOSED || event == Events.LAME_DUCK;
        LOG.atLevel(bad && !closing ? Level.WARN : Level.INFO).log("NATS connection {}", event.getEvent());
        listeners.forEach(listener -> listener.accept(event));
    }

    @Override
    public void errorOccurred(Connection connection, String error) {
        lastError = error;
        boolean denied = error.toLowerCase().contains("permissions violation");
        error(denied ? "permissions_violation" : "server");
        LOG.error("NATS server reports to user {}: {}", user(connection), error);
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception exception) {
        if (connection != established) {
            attemptFailure = exception.toString();
            return;
        }
        lastError = exception.toString();
        error("exception");
        LOG.warn("NATS client: {}", exception.toString());
    }

    @Override
    public void slowConsumerDetected(Connection connection, io.nats.client.Consumer consumer) {
        error("slow_consumer");
        LOG.warn("NATS slow consumer: {} messages dropped so far", consumer.getDroppedCount());
    }

    @Override
    public void messageDiscarded(Connection connection, Message message) {
        error("discarded");
        LOG.error("NATS message on {} discarded: the outgoing queue is full", message.getSubject());
    }

    @Override
    public void unhandledStatus(Connection connection, JetStreamSubscription subscription, Status status) {
        error("status");
        LOG.warn("JetStream status on {}: {}", subscription.getConsumerName(), status.getMessageWithCode());
    }

    /** @param lost is called when the server says that nobody answers for the consumer of this subscription any more */
    void watch(JetStreamSubscription subscription, Runnable lost) {
        watched.put(subscription, lost);
    }

    void unwatch(JetStreamSubscription subscription) {
        watched.remove(subscription);
    }

    /** The end of a pull request that found nothing is everyday life; one that finds no consumer is not. */
    @Override
    public void pullStatusWarning(Connection connection, JetStreamSubscription subscription, Status status) {
        Runnable lost = watched.get(subscription);
        if (status.getCode() == NO_RESPONDERS && lost != null) {
            lost.run();
        }
        LOG.trace("JetStream pull on {}: {}", subscription.getConsumerName(), status.getMessageWithCode());
    }

    @Override
    public void pullStatusError(Connection connection, JetStreamSubscription subscription, Status status) {
        error("pull_status");
        LOG.warn("JetStream pull on {} refused: {}", subscription.getConsumerName(), status.getMessageWithCode());
    }

    private static String user(Connection connection) {
        char[] user = connection.getOptions().getUsernameChars();
        return user == null ? "(none)" : new String(user);
    }

    private void count(String event) {
        meters.counter("nats.connection.events", "event", event).increment();
    }

    private void error(String kind) {
        meters.counter("nats.errors", "kind", kind).increment();
    }
}
