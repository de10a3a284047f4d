package routes.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The number (seq) up to which all events of the outbox are sent. The next window is looked for above it: below, the index of
 * unsent events is full of entries of events that have been marked, which stay until PostgreSQL vacuums the outbox, and the larger
 * it is the later that is.
 *
 * <p>An event has its number before its transaction commits, so a lower one may appear after a higher one. The mark therefore
 * rises to a number that was read only when the transactions have ended that are known to have been open then, and what has been read since is
 * sent. Now and then all of the outbox is read: for the events of a transaction that was not known yet, and for those that are to be sent
 * once more. Of the latter those above the mark are found before that, ahead of older ones. Not thread-safe: belongs to the relay.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT">pg_current_snapshot</a>
 */
final class Watermark {

    private static final String TRANSACTIONS = OutboxRelay.sql("outbox-transactions.sql");

    private final long periodNanos;
    private long nextLook = System.nanoTime();
    private long mark;
    private long highestRead;
    private long candidate;
    /** One past the last transaction that had ended when the candidate was the highest number read. */
    private long endedBefore;
    /** What the mark becomes when all that was read last is sent. */
    private long next;

    /** @param period how often to read all of the outbox */
    Watermark(Duration period) {
        this.periodNanos = period.toNanos();
    }

    /** @return the number above which to read now */
    long above(Connection connection) throws SQLException {
        next = mark;
        long now = System.nanoTime();
        if (now - nextLook < 0) {
            return mark;
        }
        nextLook = now + periodNanos;
        try (PreparedStatement statement = connection.prepareStatement(TRANSACTIONS); ResultSet row = statement.executeQuery()) {
            row.next();
            if (row.getLong(1) >= endedBefore) {
                next = candidate;
                candidate = highestRead;
                endedBefore = row.getLong(2);
            }
        }
        return 0;
    }

    /**
     * @param highest the highest number in what was read, 0 for nothing
     * @param upTo    the number up to which all that waits has been read
     */
    void read(long highest, long upTo) {
        highestRead = Math.max(highestRead, highest);
        next = Math.max(mark, Math.min(next, upTo));
    }

    /** All that was read last has been sent. */
    void sent() {
        mark = next;
    }

    long mark() {
        return mark;
    }
}
