package routes.outbox;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the watermark may rise to, with transactions that are open on a real PostgreSQL. */
class WatermarkTest {

    private static final long ALL = Long.MAX_VALUE;

    private final Watermark watermark = new Watermark(Duration.ZERO);
    private final Database database = Database.migrated();
    private Connection relay;
    private Connection writer;

    @BeforeEach
    void connect() throws Exception {
        relay = open();
        writer = open();
    }

    @AfterEach
    void disconnect() throws SQLException {
        writer.close();
        relay.close();
    }

    @Test
    void risesToWhatWasReadOnceItIsSent() throws Exception {
        long event = event(writer);
        look(event, ALL);
        watermark.sent();
        assertThat(watermark.mark()).as("a transaction with a lower number may be open").isZero();
        look(0, ALL);
        watermark.sent();
        look(0, ALL);
        watermark.sent();
        assertThat(watermark.mark()).isEqualTo(event);
    }

    @Test
    void staysBelowATransactionThatHadItsNumberAndIsNotCommitted() throws Exception {
        writer.setAutoCommit(false);
        long late = event(writer);
        try (Connection other = open()) {
            look(event(other), ALL);
            watermark.sent();
        }
        for (int i = 0; i < 5; i++) {
            look(0, ALL);
            watermark.sent();
        }
        assertThat(watermark.mark()).isLessThan(late);
        writer.commit();
        for (int i = 0; i < 2; i++) {
            look(late, ALL);
            watermark.sent();
        }
        assertThat(watermark.mark()).isGreaterThan(late);
    }

    @Test
    void staysWhereSomethingReadIsNotSent() throws Exception {
        long event = event(writer);
        look(event, ALL);
        for (int i = 0; i < 5; i++) {
            look(event, ALL);
        }
        assertThat(watermark.mark()).isZero();
    }

    @Test
    void staysBelowWhatWasNotRead() throws Exception {
        long first = event(writer);
        long last = event(writer);
        look(last, ALL);
        watermark.sent();
        look(0, first);
        watermark.sent();
        look(first, first);
        watermark.sent();
        assertThat(watermark.mark()).as("a full window").isEqualTo(first);
        look(0, 0);
        watermark.sent();
        assertThat(watermark.mark()).as("nothing was read").isEqualTo(first);
    }

    private void look(long highest, long upTo) throws SQLException {
        assertThat(watermark.above(relay)).as("all is read").isZero();
        watermark.read(highest, upTo);
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }

    private static long event(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery(
                     "INSERT INTO outbox (event_id, subject, payload, correlation_id) VALUES (gen_random_uuid(), 'alerts.updated', '{}', 'c') RETURNING seq")) {
            row.next();
            return row.getLong(1);
        }
    }
}
