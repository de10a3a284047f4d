package routes.outbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.PublishAck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import routes.nats.CloudEvents;
import routes.nats.JetStreamPublisher;
import routes.nats.NatsConnection;
import routes.nats.NatsHeaders;
import routes.nats.QueueDepth;
import routes.nats.ShutdownReport;

/**
 * Publishes the events of the outbox in windows, each in their order, and marks them only when their PubAcks have come. A
 * crash in between publishes them again under the same ids, which the streams recognise. An event whose PubAck is missing is sent again
 * behind those that were sent with it: what must know the order of an alert's events goes by their time. Used by the route
 * {@code outbox-relay}, by one thread.
 */
@Component("outboxRelay")
@ConditionalOnProperty("ekko.role.api")
public class OutboxRelay implements SmartLifecycle {

    /** Stops before the NATS connection does, and after the routes that write events. */
    private static final int PHASE = -900;

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final String NEW_JOBS = "jobs.alert.created";
    private static final double FULL_ENOUGH = 0.9;
    /** How long an event may wait that was sent before and is to be sent once more. */
    private static final Duration READ_ALL = Duration.ofSeconds(1);
    /** How long to send at the end; another instance goes on. */
    private static final Duration FLUSH = Duration.ofSeconds(5);
    private static final String NEXT_WINDOW = sql("outbox-next-window.sql");

    private final RelayLease lease;
    private final NatsConnection nats;
    private final JetStreamPublisher publisher;
    private final CloudEvents cloudEvents;
    private final OutboxProperties properties;
    private final AlreadyPublished published;
    private final QueueDepth depth;
    private final ShutdownReport report;
    /** First token of the subjects whose stream has refused an event, with the time it may be tried again. */
    private final Map<String, Long> heldBack = new HashMap<>();
    /**
     * Events of each domain that were sent since the takeover or since a PubAck of the domain was missing. A relay
     * publishes one window at a time, so no more than a window's first events of a domain can be in doubt.
     */
    private final Map<String, Long> certain = new HashMap<>();
    /** Numbers (seq) of the events whose PubAcks have come and whose rows do not say so yet: marked when the next window is read. */
    private final List<Long> acknowledged = new ArrayList<>();
    private Watermark watermark = new Watermark(READ_ALL);
    private Connection holding;
    private volatile boolean running;

    OutboxRelay(RelayLease lease, NatsConnection nats, JetStreamPublisher publisher, CloudEvents cloudEvents, OutboxProperties properties,
                AlreadyPublished published, QueueDepth depth, ShutdownReport report) {
        this.depth = depth;
        this.published = published;
        this.report = report;
        this.lease = lease;
        this.nats = nats;
        this.publisher = publisher;
        this.cloudEvents = cloudEvents;
        this.properties = properties;
    }

    /**
     * Sends what waits, window after window, until one was not full; nothing at all while NATS is away or another instance
     * is the relay. The last window is marked by the next call, which comes soon: by the next commit or by the clock.
     *
     * @return the number of events sent, with those that were found to be sent before
     */
    public int relay() {
        return relay(Instant.MAX);
    }

    private synchronized int relay(Instant until) {
        int sent = 0;
        try {
            int window;
            do {
                boolean needed = isNatsThere() || !acknowledged.isEmpty();
                Connection connection = needed ? lease.connection().orElse(null) : null;
                if (connection != holding) {
                    certain.clear();
                    watermark = new Watermark(READ_ALL);
                    holding = connection;
                }
                window = connection == null ? 0 : relayWindow(connection);
                sent += window;
            } while (window >= properties.window() && Instant.now().isBefore(until));
        } catch (SQLException e) {
            LOG.warn("The outbox cannot be read or marked, its events wait: {}", e.getMessage());
            lease.release();
            acknowledged.clear(); // the next relay, perhaps another instance, publishes them again under their ids
        }
        return sent;
    }

    @Override
    public void start() {
        running = true;
    }

    /**
     * Sends what waits, marks it, and lets another instance take over at once. Where others go on adding to it that ends after a
     * while: the next relay then sends the last window again, whose ids the streams know.
     */
    @Override
    public void stop() {
        int flushed = 0;
        int sent;
        Instant until = Instant.now().plus(FLUSH);
        do {
            sent = relay(until);
            flushed += sent;
        } while (sent > 0 && Instant.now().isBefore(until));
        report.flushed(flushed);
        running = false;
        lease.release();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private boolean isNatsThere() {
        return nats.ifConnected().isPresent();
    }

    private int relayWindow(Connection connection) throws SQLException {
        Instant begin = Instant.now();
        List<OutboxEvent> read = nextWindow(connection);
        Set<String> missing = new HashSet<>();
        List<OutboxEvent> events = withoutPublished(read, missing);
        List<CompletableFuture<PublishAck>> acks = new ArrayList<>(events.size());
        for (OutboxEvent event : events) {
            acks.add(publisher.publish(event.toMessage(cloudEvents), published.latest(begin)));
        }
        for (int i = 0; i < events.size(); i++) {
            OutboxEvent event = events.get(i);
            if (isStored(event, acks.get(i))) {
                acknowledged.add(event.seq());
                certain.merge(event.domain(), 1L, Long::sum);
            } else {
                missing.add(event.domain());
            }
        }
        certain.keySet().removeAll(missing);
        if (missing.isEmpty()) {
            watermark.sent();
        }
        return acknowledged.size();
    }

    /**
     * After a takeover or a missing PubAck the first events may be in their streams already. The streams themselves tell,
     * unless it is so long ago that they have forgotten.
     *
     * @param missing is given the domains whose events stay in doubt; none of theirs is sent
     */
    private List<OutboxEvent> withoutPublished(List<OutboxEvent> events, Set<String> missing) {
        List<OutboxEvent> old = events.stream().filter(this::isInDoubt).filter(published::mayBeForgotten).toList();
        if (old.isEmpty()) {
            return events;
        }
        try {
            Set<String> known = published.among(old);
            events.stream().filter(event -> known.contains(event.id())).map(OutboxEvent::seq).forEach(acknowledged::add);
            LOG.info("{} of {} old events were published before a crash or a lost PubAck", known.size(), old.size());
            return events.stream().filter(event -> !known.contains(event.id())).toList();
        } catch (IOException | JetStreamApiException e) {
            LOG.warn("Old events wait until their streams can be searched for them: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        old.forEach(event -> missing.add(event.domain()));
        missing.forEach(this::holdBack);
        return events.stream().filter(event -> !missing.contains(event.domain())).toList();
    }

    /** @return whether events of the domain were sent until now */
    private boolean holdBack(String domain) {
        return heldBack.put(domain, System.nanoTime() + properties.heldBack().toNanos()) == null;
    }

    private boolean isInDoubt(OutboxEvent event) {
        return certain.getOrDefault(event.domain(), 0L) < properties.window();
    }

    private boolean isStored(OutboxEvent event, CompletableFuture<PublishAck> ack) {
        try {
            ack.join();
            return true;
        } catch (CompletionException e) {
            if (holdBack(event.domain())) {
                logRefused(event, e.getCause());
            }
            return false;
        }
    }

    private static void logRefused(OutboxEvent event, Throwable reason) {
        try (var correlation = MDC.putCloseable(NatsHeaders.LOG_CORRELATION_ID, event.correlationId());
             var message = MDC.putCloseable(NatsHeaders.LOG_MESSAGE_ID, event.id());
             var subject = MDC.putCloseable(NatsHeaders.LOG_SUBJECT, event.subject())) {
            LOG.warn("Event waits in the outbox: {}", reason.getMessage());
        }
    }

    /** Marks what was acknowledged and reads on, with one commit for both; reads nothing while NATS is away. */
    private List<OutboxEvent> nextWindow(Connection connection) throws SQLException {
        heldBack.values().removeIf(until -> System.nanoTime() - until >= 0);
        if (depth.fill(NEW_JOBS) > FULL_ENOUGH) {
            // results go into the same work queue: a queue full of requests alone could never be worked off
            holdBack(NEW_JOBS.substring(0, NEW_JOBS.indexOf('.')));
        }
        int limit = isNatsThere() ? properties.window() : 0;
        try (PreparedStatement statement = connection.prepareStatement(NEXT_WINDOW)) {
            statement.setArray(1, connection.createArrayOf("bigint", acknowledged.toArray()));
            statement.setLong(2, watermark.above(connection));
            statement.setArray(3, connection.createArrayOf("text", heldBack.keySet().toArray()));
            statement.setInt(4, limit);
            statement.execute();
            acknowledged.clear();
            statement.getMoreResults(); // past the number of marked rows
            try (ResultSet rows = statement.getResultSet()) {
                List<OutboxEvent> events = new ArrayList<>();
                while (rows.next()) {
                    events.add(OutboxEvent.from(rows));
                }
                long highest = events.isEmpty() ? 0 : events.get(events.size() - 1).seq();
                boolean leftOut = limit == 0 || !heldBack.isEmpty();
                watermark.read(highest, leftOut ? 0 : events.size() < limit ? Long.MAX_VALUE : highest);
                return events;
            }
        }
    }

    static String sql(String file) {
        try {
            return new ClassPathResource("sql/" + file).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("sql/" + file + " is missing from the class path", e);
        }
    }
}
