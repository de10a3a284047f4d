package routes.outbox;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/** The relay's connection plans its statements once, perhaps while the outbox is small: the plans must do for a large one. */
class RelayPlanTest {

    private static final int SENT = 50_000;
    /** Of 8 KiB; the outbox has several thousand then. */
    private static final int FEW_PAGES = 50;

    private static final String SENT_EVENTS = """
            INSERT INTO outbox (event_id, subject, payload, correlation_id, sent_at)
            SELECT gen_random_uuid(), 'alerts.updated', '{}', 'c', clock_timestamp() FROM generate_series(1, %d)""";

    private static final String UNSENT_EVENTS = """
            INSERT INTO outbox (event_id, subject, payload, correlation_id)
            SELECT gen_random_uuid(), 'alerts.updated', '{}', 'c' FROM generate_series(1, %d)""";

    private RelayLease lease;
    private Connection relay;

    @BeforeEach
    void planOnASmallOutbox() throws Exception {
        lease = new RelayLease(Database.migrated(), new OutboxProperties(500, Duration.ofMillis(1), Duration.ofSeconds(1)));
        relay = lease.connection().orElseThrow();
        String[] statements = new ClassPathResource("sql/outbox-next-window.sql").getContentAsString(StandardCharsets.UTF_8).split(";\n");
        execute("PREPARE mark AS " + statements[0].replace("?", "$1"));
        execute("PREPARE next AS " + statements[1].replaceFirst("\\?", "\\$1").replaceFirst("\\?", "\\$2").replace("?", "$3"));
        execute(SENT_EVENTS.formatted(1));
        execute("VACUUM ANALYZE outbox");
        execute("ALTER TABLE outbox SET (autovacuum_enabled = false)"); // else it would be planned anew
        execute("EXECUTE mark('{}')");
        execute("EXECUTE next(0, '{}', 500)");
    }

    @AfterEach
    void giveTheLeaseUp() {
        lease.release();
    }

    @Test
    void aPlanOfASmallOutboxIsGoodForALargeOne() throws Exception {
        execute(SENT_EVENTS.formatted(SENT));
        execute(UNSENT_EVENTS.formatted(3));
        assertThat(pages("EXECUTE next(0, '{}', 500)")).isLessThan(FEW_PAGES);
        assertThat(pages("EXECUTE mark('{%d,%d,%d}')".formatted(SENT + 2, SENT + 3, SENT + 4))).isLessThan(FEW_PAGES);
    }

    /** Until PostgreSQL vacuums the outbox, its index of unsent events has an entry for each event that was marked. */
    @Test
    void aWindowAboveTheWatermarkIsNotLookedForAmongWhatIsMarked() throws Exception {
        execute(UNSENT_EVENTS.formatted(SENT));
        execute("UPDATE outbox SET sent_at = clock_timestamp() WHERE sent_at IS NULL");
        execute(UNSENT_EVENTS.formatted(3));
        assertThat(pages("EXECUTE next(0, '{}', 500)")).as("without it").isGreaterThan(FEW_PAGES);
        assertThat(pages("EXECUTE next(%d, '{}', 500)".formatted(SENT))).isLessThan(FEW_PAGES);
    }

    private int pages(String statement) throws Exception {
        try (Statement explain = relay.createStatement(); ResultSet row = explain.executeQuery("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + statement)) {
            row.next();
            JsonNode plan = new ObjectMapper().readTree(row.getString(1)).at("/0/Plan");
            return plan.get("Shared Hit Blocks").asInt() + plan.get("Shared Read Blocks").asInt();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = relay.createStatement()) {
            statement.execute(sql);
        }
    }
}
