package routes.nats;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.Counter;
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
 * {@code nats_errors_total}, {@code nats_permission_violations_total}) and keeps {@code nats_connection_status} (1 connected,
 * 0 not).
 */
@Component
public class NatsEvents implements ConnectionListener, ErrorListener {

    private static final Logger LOG = LoggerFactory.getLogger(NatsEvents.class);

    private static final int NO_RESPONDERS = 503;
    private static final String PUBLISH = "publish";
    private static final String SUBSCRIPTION = "subscription";
    private static final String READER = "reader";
    private static final Pattern DENIED = Pattern.compile("permissions violation for (publish|subscription) to \"([^\"]*)\".*", Pattern.CASE_INSENSITIVE);

    private final MeterRegistry meters;
    private final Map<JetStreamSubscription, Runnable> watched = new ConcurrentHashMap<>();
    private final List<Consumer<Events>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> deniedListeners = new CopyOnWriteArrayList<>();
    /** The connection last opened; all else are attempts. */
    private volatile Connection established;
    /** Why the last attempt failed: the exception that jnats throws does not say. */
    private volatile String attemptFailure;
    private volatile boolean connected;
    private volatile String lastError;
    private volatile String lastDenied;
    private volatile boolean closing;

    public NatsEvents(MeterRegistry meters) {
        this.meters = meters;
        meters.gauge("nats.connection.status", this, events -> events.connected ? 1 : 0);
        // there before the first, so that an alert rule can see it rise
        violations(PUBLISH);
        violations(SUBSCRIPTION);
        errors(READER);
    }

    void onEvent(Consumer<Events> listener) {
        listeners.add(listener);
    }

    /** @param listener is told the subject of each publish that the server has denied; to jnats it looks like one without an answer */
    void onPublishDenied(Consumer<String> listener) {
        deniedListeners.add(listener);
    }

    /** From here on a closed connection is what was asked for. */
    void closing() {
        closing = true;
    }

    void connectFailed() {
        count("connect_failed");
    }

    void readerEnded(RuntimeException why) {
        lastError = why.toString();
        error(READER);
        LOG.error("A message that this client cannot read costs a new connection: {}", why.toString());
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

    /** @return the last call that the server has denied, with its user and time; null when there was none. */
    public String lastDenied() {
        return lastDenied;
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
        LOG.error("NATS server reports to user {}: {}", user(connection), error);
        Matcher denied = DENIED.matcher(error);
        if (!denied.find()) {
            error("server");
            return;
        }
        error("permissions_violation");
        String call = denied.group(1).toLowerCase(Locale.ROOT);
        String subject = denied.group(2);
        violations(call).increment();
        lastDenied = "%s to %s, user %s, at %s".formatted(call, subject, user(connection), Instant.now());
        if (call.equals(PUBLISH)) {
            deniedListeners.forEach(listener -> listener.accept(subject));
        }
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

    private Counter violations(String call) {
        return meters.counter("nats.permission.violations", "call", call);
    }

    private void error(String kind) {
        errors(kind).increment();
    }

    private Counter errors(String kind) {
        return meters.counter("nats.errors", "kind", kind);
    }
}
