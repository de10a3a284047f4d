package routes.nats;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Nats;
import io.nats.client.Options;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The one NATS connection of the process. It is built in the background and built anew whenever jnats has given it up
 * (after {@code max-reconnect-attempts}), so the application starts without a broker and finds it again by itself.
 * Who uses the connection asks for it each time and never keeps it.
 */
@Component
public class NatsConnection implements SmartLifecycle {

    /** Starts before everything that uses it and stops after it. */
    private static final int PHASE = -1000;

    private static final int LOG_EVERY = 30;
    /** Longer than {@code ackWait}, after which a message that could not be read comes again. */
    private static final Duration CAREFUL = Duration.ofMinutes(2);
    private static final Logger LOG = LoggerFactory.getLogger(NatsConnection.class);

    private final NatsProperties properties;
    private final NatsEvents events;
    private final ShutdownReport report;
    private final Options options;
    private final List<NatsConnectedListener> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService supervisor = Executors.newSingleThreadScheduledExecutor(
            task -> new Thread(task, "nats-supervisor"));

    private volatile Connection connection;
    private volatile String lastFailure = "not tried yet";
    private final AtomicBoolean streamsToBeChecked = new AtomicBoolean();
    private volatile boolean running;
    private volatile Instant lastUnreadable = Instant.EPOCH;
    private int failures;

    public NatsConnection(NatsProperties properties, NatsEvents events, ShutdownReport report, List<NatsConnectedListener> listeners) {
        this.report = report;
        this.properties = properties;
        this.events = events;
        this.listeners.addAll(listeners);
        this.options = NatsOptions.from(properties, events, new ReaderThreads(this::readerEnded));
        events.onEvent(this::react);
    }

    /**
     * @return the open connection
     * @throws NatsUnavailableException when there is none at this moment
     */
    public Connection get() throws NatsUnavailableException {
        return ifConnected().orElseThrow(() -> new NatsUnavailableException(
                "NATS is not connected (" + String.join(", ", properties.servers()) + "): " + lastFailure));
    }

    /** @return the connection, if it is open right now. */
    public Optional<Connection> ifConnected() {
        Connection current = connection;
        return current != null && current.getStatus() == Connection.Status.CONNECTED ? Optional.of(current) : Optional.empty();
    }

    NatsEvents events() {
        return events;
    }

    /** @return when a message could not be read; what was asked for before may have come with it, and is lost */
    Instant lastUnreadable() {
        return lastUnreadable;
    }

    /**
     * @return how many messages to ask for at a time: after one that could not be read a single one, because what the server
     *         sends behind such a message is lost with it, and each time costs a delivery
     */
    int mostAtOnce() {
        return Instant.now().isBefore(lastUnreadable.plus(CAREFUL)) ? 1 : Integer.MAX_VALUE;
    }

    /** A stream was missed while connected: has them checked, unless that is about to happen anyway, and made where they are missing. */
    void checkStreams() {
        if (running && streamsToBeChecked.compareAndSet(false, true)) {
            supervisor.execute(this::reconnected);
        }
    }

    /** @return why the last attempt to connect failed; for people. */
    public String lastFailure() {
        return lastFailure;
    }

    /** Connects, and returns after the first attempt; a broker that is away is looked for in the background. */
    @Override
    public void start() {
        running = true;
        CompletableFuture<Void> firstAttempt = CompletableFuture.runAsync(this::connect, supervisor);
        try {
            firstAttempt.get(2 * properties.connectionTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            LOG.warn("NATS has not answered yet; the application starts without it");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void connect() {
        if (!running) {
            return;
        }
        try {
            connection = Nats.connect(options);
            failures = 0;
            LOG.info("Connected to NATS {} {} as {}", connection.getServerInfo().getVersion(),
                    NatsProperties.withoutCredentials(connection.getConnectedUrl()), properties.connectionName());
        } catch (IOException e) {
            String reason = events.takeAttemptFailure();
            lastFailure = reason == null ? e.getMessage() : e.getMessage() + ": " + reason;
            events.connectFailed();
            if (++failures == 1 || failures % LOG_EVERY == 0) {
                LOG.warn("NATS cannot be reached ({} attempts): {}; next attempt in {} ms", failures, lastFailure,
                        properties.reconnectTimeWait().toMillis());
            }
            supervisor.schedule(this::connectAnew, properties.reconnectTimeWait().toMillis(), TimeUnit.MILLISECONDS);
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        connected();
    }

    /** After the start a server that cannot serve us is no reason to end: health and log say so. */
    private void connectAnew() {
        try {
            connect();
        } catch (TopologyException e) {
            LOG.error("{}", e.getMessage());
        }
    }

    private void connected() {
        streamsToBeChecked.set(false);
        Connection current = ifConnected().orElse(null);
        if (current == null) {
            return;
        }
        try {
            for (NatsConnectedListener listener : listeners) {
                listener.connected(current);
            }
        } catch (IOException e) {
            LOG.warn("NATS is connected, but JetStream does not answer yet: {}", e.getMessage());
            streamsToBeChecked.set(true);
            supervisor.schedule(this::reconnected, properties.reconnectTimeWait().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void reconnected() {
        try {
            connected();
        } catch (TopologyException e) {
            LOG.error("{}", e.getMessage());
        }
    }

    private void react(Events event) {
        if (!running) {
            return;
        }
        switch (event) {
            // a server that came back may have lost its streams: look again
            case RECONNECTED -> supervisor.execute(this::reconnected);
            case DISCONNECTED -> lastFailure = "connection lost, reconnecting";
            case CLOSED -> {
                lastFailure = "connection given up after " + properties.maxReconnectAttempts() + " reconnect attempts";
                supervisor.execute(this::connectAnew);
            }
            default -> { }
        }
    }

    private void readerEnded(RuntimeException why) {
        events.readerEnded(why);
        lastUnreadable = Instant.now();
        if (running) {
            supervisor.execute(this::reconnect);
        }
    }

    /** Whatever the connection was about to hear comes again: deliveries after {@code ackWait}, PubAcks when the message is sent again. */
    private void reconnect() {
        Connection current = connection;
        if (current == null) {
            return; // it ended before there was one, and is looked for anyway
        }
        try {
            current.forceReconnect();
        } catch (IOException e) {
            LOG.warn("NATS cannot be connected anew: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Drains: what is being sent is flushed, then the connection is closed. */
    @Override
    public void stop() {
        running = false;
        events.closing();
        supervisor.shutdown();
        Connection current = connection;
        if (current == null || current.getStatus() == Connection.Status.CLOSED) {
            report.write("there was no connection to NATS");
            return;
        }
        try {
            if (current.getStatus() == Connection.Status.CONNECTED) {
                current.drain(properties.drainTimeout()).get(properties.drainTimeout().toMillis(), TimeUnit.MILLISECONDS);
            }
            current.close();
            report.write("NATS connection drained and closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            close(current);
            report.write("NATS connection closed without having drained in %d s".formatted(properties.drainTimeout().toSeconds()));
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
