package routes.faults;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.nats.client.Connection;

import static org.awaitility.Awaitility.await;

/** Where it is written down what became of alerts: the database and the streams, past whatever fails for the application. */
interface Records {

    String WAITING = """
            SELECT (SELECT count(*) FROM alerts WHERE status = 'pending' AND job_created_at <= ?)
                 + (SELECT count(*) FROM outbox WHERE sent_at IS NULL AND created_at <= ?)""";

    java.sql.Connection openDatabase() throws SQLException;

    /** A plain client. */
    Connection natsClient() throws IOException, InterruptedException;

    /** @return the number that a query answers */
    default long count(String sql, Object... parameters) throws SQLException {
        try (java.sql.Connection connection = openDatabase(); PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Waits until all that was asked for up to a moment is settled and told of; new requests may go on coming. */
    default void awaitDone(Instant moment, Duration bound) {
        Object time = moment.atOffset(ZoneOffset.UTC);
        await("alerts settled and events sent that were there at " + moment).atMost(bound).pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100)).ignoreExceptions().until(() -> count(WAITING, time, time) == 0);
    }
}
