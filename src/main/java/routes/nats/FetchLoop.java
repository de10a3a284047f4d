package routes.nats;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullRequestOptions;
import io.nats.client.PullSubscribeOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Fetches from one durable pull consumer for as long as it is told to: requests as many messages as there is room for,
 * the next ones when these have come, makes the durable where it is missing, and goes on by itself after whatever befell the connection.
 * What it has been sent but could not pass on when it ends, it gives back with a nak.
 */
final class FetchLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(FetchLoop.class);

    /** An open request costs the server nothing; a shorter one notices sooner that the server has forgotten it. */
    private static final Duration PULL_EXPIRES = Duration.ofSeconds(5);
    private static final Duration LOOK_UP = Duration.ofMillis(100);
    private static final Duration GIVE_BACK = Duration.ofSeconds(2);
    private static final long RETRY_MILLIS = 1_000;
    /** A cluster that has lost a leader has the next one after 4 to 9 seconds, or at once when it stepped down. */
    private static final long NO_LEADER_RETRY_MILLIS = 250;
    private static final int NOT_FOUND = 404;

    private final JetStreamNatsEndpoint endpoint;
    private final IntSupplier room;
    private final Consumer<Message> sink;
    private final String stream;
    private final String durable;
    private final DurableConsumer consumer;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean active = true;
    private volatile Thread thread;
    /** The server knows no such consumer. */
    private volatile boolean gone;
    /** Nobody has heard the last request. */
    private volatile boolean unheard;
    private long reported;

    /**
     * @param endpoint stream, durable and its settings
     * @param room     how many more messages to ask for now
     * @param sink     takes each message, on the loop's thread
     */
    FetchLoop(JetStreamNatsEndpoint endpoint, IntSupplier room, Consumer<Message> sink) {
        this.endpoint = endpoint;
        this.room = room;
        this.sink = sink;
        this.stream = endpoint.getConfiguration().getJetstreamName();
        this.durable = endpoint.getConfiguration().getDurableName();
        this.consumer = new DurableConsumer(endpoint);
    }

    /** Tells the loop that there is room again. */
    void roomMade() {
        LockSupport.unpark(thread);
    }

    /**
     * Ends the loop, and waits until it has given back what it was sent: afterwards nothing more comes of it.
     *
     * @param patience how long to wait; a loop that hangs on a lost connection ends later by itself
     */
    void end(Duration patience) throws InterruptedException {
        active = false;
        roomMade();
        ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            while (active) {
                Connection connection = endpoint.component().connection().ifConnected().orElse(null);
                if (connection == null) {
                    Thread.sleep(LOOK_UP.toMillis());
                } else if (!fetchFrom(connection)) {
                    Thread.sleep(RETRY_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    /** @return whether to go on at once, false after a failure that wants a pause */
    private boolean fetchFrom(Connection connection) throws InterruptedException {
        JetStreamSubscription subscription = null;
        try {
            consumer.keep(connection);
            subscription = connection.jetStream().subscribe(null, PullSubscribeOptions.fastBind(stream, durable));
            endpoint.component().connection().events().watch(subscription, () -> unheard = true);
            LOG.atLevel(gone ? Level.DEBUG : Level.INFO).log("Consuming {} from stream {} as {}", endpoint.subject(), stream, durable);
            fetch(connection, subscription);
            if (gone) {
                report("there is no such consumer", RETRY_MILLIS);
            }
            return !gone;
        } catch (JetStreamApiException | IOException | RuntimeException e) {
            if (e instanceof JetStreamApiException api && api.getErrorCode() == NOT_FOUND) {
                endpoint.component().connection().checkStreams();
            }
            report(e.getMessage(), RETRY_MILLIS);
            return false;
        } finally {
            if (subscription != null) {
                endpoint.component().connection().events().unwatch(subscription);
                giveBack(connection, subscription);
            }
        }
    }

    private void fetch(Connection connection, JetStreamSubscription subscription) throws InterruptedException {
        PullWindow window = new PullWindow();
        gone = false;
        unheard = false;
        NatsConnection nats = endpoint.component().connection();
        Instant unreadable = nats.lastUnreadable();
        while (active && !gone && connection.getStatus() == Connection.Status.CONNECTED && unreadable.equals(nats.lastUnreadable())) {
            if (unheard) {
                unheard = false;
                window.unheard(System.nanoTime());
                report("nobody answers for the consumer: it has no leader at this moment, or it is not there", NO_LEADER_RETRY_MILLIS);
                Thread.sleep(NO_LEADER_RETRY_MILLIS);
            }
            Duration left = window.left(System.nanoTime());
            if (left.isZero()) {
                int wanted = Math.min(room.getAsInt(), nats.mostAtOnce());
                if (wanted == 0) {
                    LockSupport.parkNanos(LOOK_UP.toNanos());
                    continue;
                }
                if (window.isUntouched()) {
                    consumer.lookFor(connection, () -> gone = true);
                }
                // timed before it is sent: the next one overlaps with it rather than to leave a gap
                window.opened(wanted, System.nanoTime() + PULL_EXPIRES.toNanos());
                subscription.pull(PullRequestOptions.builder(wanted).expiresIn(PULL_EXPIRES).build());
                left = PULL_EXPIRES;
            }
            Message message = subscription.nextMessage(left.compareTo(LOOK_UP) < 0 ? left : LOOK_UP);
            if (message != null) {
                window.received();
                sink.accept(message);
            }
        }
    }

    /** Ends the interest first, so that the server sends no more, then naks what is already here. */
    private void giveBack(Connection connection, JetStreamSubscription subscription) {
        List<Message> unwanted = new ArrayList<>();
        try {
            CompletableFuture<Boolean> drained = subscription.drain(GIVE_BACK);
            while (!drained.isDone()) {
                Message message = subscription.nextMessage(LOOK_UP);
                if (message != null) {
                    unwanted.add(message);
                }
            }
        } catch (RuntimeException e) {
            // jnats: IllegalStateException once it has drained, or on a connection just closed a NullPointerException
            LOG.trace("Subscription of {} has ended: {}", durable, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (active && unwanted.isEmpty()) {
            consumer.lookFor(connection, () -> { }); // the same question, but nothing depends on the answer
        } else {
            consumer.forgetRequests(connection);
        }
        unwanted.forEach(this::giveBack);
        endpoint.component().report().givenBack(unwanted.size());
    }

    private void giveBack(Message message) {
        try {
            message.nak();
        } catch (IllegalStateException e) {
            LOG.debug("{} was not given back; it comes again after ackWait: {}", message.getSubject(), e.getMessage());
        }
    }

    /** Once a minute is enough for a fault that lasts. */
    private void report(String reason, long retryMillis) {
        long now = System.currentTimeMillis();
        if (now - reported > 60_000) {
            reported = now;
            LOG.warn("Cannot fetch from {} / {}: {}; trying again every {} ms", stream, durable, reason, retryMillis);
        }
    }
}
