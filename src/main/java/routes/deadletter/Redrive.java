package routes.deadletter;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.nats.client.JetStreamApiException;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import routes.nats.CloudEvents;
import routes.nats.JetStreamPublisher;
import routes.sql.StorableText;

/**
 * Publishes dead letters to their original subjects again. Each gets a new message id, derived from its sequence, so that
 * a redrive that is repeated after a crash does not double; an audit row; and is deleted only after its PubAck.
 */
@Component
class Redrive {

    /** Message header, and field of a dead letter: how often the message has been redriven. */
    static final String COUNT_HEADER = "Ekko-Redrive-Count";

    private static final Logger LOG = LoggerFactory.getLogger(Redrive.class);
    private static final int LOG_EVERY = 100;

    private final DeadLetterStore store;
    private final JetStreamPublisher publisher;
    private final CloudEvents cloudEvents;
    private final JdbcClient database;

    Redrive(DeadLetterStore store, JetStreamPublisher publisher, CloudEvents cloudEvents, JdbcClient database) {
        this.store = store;
        this.publisher = publisher;
        this.cloudEvents = cloudEvents;
        this.database = database;
    }

    RedriveReport all(RedriveOrder order, String user) throws IOException, JetStreamApiException {
        List<RedriveReport.Item> items = new ArrayList<>();
        long pause = TimeUnit.SECONDS.toNanos(1) / order.ratePerSecond();
        long next = System.nanoTime();
        for (DeadLetter letter : store.find(order.filter(), 0, order.limit())) {
            items.add(one(letter, order.dryRun(), order.maxRedrives(), user));
            if (!order.dryRun()) {
                LockSupport.parkNanos(Math.max(0, (next += pause) - System.nanoTime()));
                if (items.size() % LOG_EVERY == 0) {
                    LOG.info("Redrive by {}: {} dead letters so far", user, items.size());
                }
            }
        }
        return RedriveReport.of(order.dryRun(), items);
    }

    RedriveReport.Item one(DeadLetter letter, boolean dryRun, int maxRedrives, String user) throws IOException, JetStreamApiException {
        if (letter.redriveCount() >= maxRedrives) {
            String why = "redriven %d times before, at most %d are allowed".formatted(letter.redriveCount(), maxRedrives);
            if (!dryRun) {
                audit(letter, user, "refused", null, why);
            }
            return new RedriveReport.Item(letter.seq(), letter.subject(), "refused", null, why);
        }
        String id = "redrive-" + letter.seq();
        if (dryRun) {
            return new RedriveReport.Item(letter.seq(), letter.subject(), "would_redrive", id, null);
        }
        try {
            publisher.publish(message(letter, id)).join();
        } catch (CompletionException e) {
            return failed(letter, user, id, e.getCause());
        } catch (IOException | IllegalArgumentException e) {
            // parts that are gone, or no Base64: one such letter must not keep the others from being redriven
            return failed(letter, user, id, e);
        }
        audit(letter, user, "done", id, null);
        store.delete(letter);
        return new RedriveReport.Item(letter.seq(), letter.subject(), "redriven", id, null);
    }

    private RedriveReport.Item failed(DeadLetter letter, String user, String id, Throwable why) {
        audit(letter, user, "failed", id, why.getMessage());
        return new RedriveReport.Item(letter.seq(), letter.subject(), "failed", id, why.getMessage());
    }

    private NatsMessage message(DeadLetter letter, String id) throws IOException, JetStreamApiException {
        Headers headers = cloudEvents.headers(letter.subject(), id, letter.correlationId(), Instant.now());
        headers.put(COUNT_HEADER, String.valueOf(letter.redriveCount() + 1));
        return NatsMessage.builder().subject(letter.subject()).headers(headers).data(store.original(letter)).build();
    }

    private void audit(DeadLetter letter, String user, String outcome, String messageId, String detail) {
        audit("redrive", letter, user, outcome, messageId, detail);
    }

    void audit(String action, DeadLetter letter, String user, String outcome, String messageId, String detail) {
        database.sql("""
                        INSERT INTO dead_letter_audit (user_id, action, dead_letter, subject, message_id, redrive_count, outcome, detail)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(user, action, letter.seq(), StorableText.of(letter.subject()), messageId, letter.redriveCount(), outcome, StorableText.of(detail)).update();
    }
}
