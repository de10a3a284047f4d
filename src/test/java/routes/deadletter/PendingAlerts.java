package routes.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.springframework.jdbc.core.JdbcTemplate;

/** Alerts that wait for their job, and whose {@code alerts.created} has never been sent: what a dead letter leaves behind. */
public final class PendingAlerts {

    private final JdbcTemplate database;
    private final String user;

    public PendingAlerts(JdbcTemplate database, String user) {
        this.database = database;
        this.user = user;
    }

    public record Pending(UUID id, UUID event, String created) {

        public byte[] message() {
            return created.getBytes(StandardCharsets.UTF_8);
        }
    }

    public List<Pending> create(int alerts) {
        List<UUID> ids = IntStream.range(0, alerts).mapToObj(i -> UUID.randomUUID()).toList();
        database.batchUpdate("""
                INSERT INTO alerts (id, user_id, name, nl_description, job_id)
                VALUES (CAST(? AS uuid), ?, 'An alert', 'Alert me when my AVAX balance goes above 10', gen_random_uuid())""",
                ids.stream().map(id -> new Object[]{id.toString(), user}).toList());
        return ids.stream().map(this::pending).toList();
    }

    public Pending create() {
        return create(1).get(0);
    }

    private Pending pending(UUID id) {
        UUID event = UUID.randomUUID();
        return new Pending(id, event, database.queryForObject(
                "SELECT CAST(alert_event(a, CAST(? AS uuid), ?) AS text) FROM alerts AS a WHERE id = CAST(? AS uuid)",
                String.class, event.toString(), "c-" + id, id.toString()));
    }

    /** How many of the alerts have not been settled. */
    public long unsettled() {
        return database.queryForObject("SELECT count(*) FROM alerts WHERE status = 'pending'", Long.class);
    }
}
