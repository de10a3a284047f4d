package routes.alerts;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import routes.deadletter.PendingAlerts;
import routes.deadletter.PendingAlerts.Pending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An alert whose message has become a dead letter has failed, and says why; a redrive or a new sentence helps it after all. */
@EkkoTest
class FailedAlertTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Autowired
    private Ekko ekko;
    @Autowired
    private JdbcTemplate database;

    @Test
    void aDeadLetterOfItsCreationFailsAnAlertAndARedriveHelpsIt() throws Exception {
        Pending alert = new PendingAlerts(database, "local").create();
        long letter = keep("alerts.created", JSON.readTree(alert.created()));
        await().until(() -> ekko.status(alert.id()), "failed"::equals);
        JsonNode resource = ekko.get("/alerts/" + alert.id()).body();
        assertThat(resource.get("error").asText()).isEqualTo("IllegalStateException: broken");
        assertThat(resource.get("reason").asText()).isEqualTo("processing_failed");
        await().until(() -> ekko.heard("alerts.updated", alert.id()).size() == 1);

        assertThat(ekko.post("/dlq/" + letter + "/redrive", null).status()).isEqualTo(200);
        await().until(() -> ekko.status(alert.id()), "active"::equals);
        await().until(() -> ekko.heard("alerts.updated", alert.id()).size() == 2);
        assertThat(ekko.heard("alerts.updated", alert.id())).extracting(told -> ekko.body(told).at("/alert/status").asText()).containsExactly("failed", "active");
        assertThat(ekko.get("/alerts/" + alert.id()).body().path("error").asText("")).isIn("", "null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobs.alert.created", "jobs.alert.completed"})
    void soDoesADeadLetterOfItsJobAndANewSentenceHelps(String subject) throws Exception {
        Pending alert = new PendingAlerts(database, "local").create();
        ObjectNode original = JSON.createObjectNode();
        original.putObject("job").put("id", job(alert.id())).putObject("payload").put("alert_id", alert.id().toString());
        original.putObject("result").put("alert_id", alert.id().toString());
        keep(subject, original);
        await().until(() -> ekko.status(alert.id()), "failed"::equals);
        assertThat(ekko.patch("/alerts/" + alert.id(), "{\"nl_description\":\"Alert me when my AVAX balance goes above 10\"}").status()).isEqualTo(200);
        await().until(() -> ekko.status(alert.id()), "active"::equals);
    }

    /** Anybody may have written the message that the letter is of: an error repeats what stood there, and neither PostgreSQL nor a header takes every text. */
    @Test
    void whateverTextsALetterHasTheAlertFailsAndTheRelayGoesOn() throws Exception {
        Pending alert = new PendingAlerts(database, "local").create();
        keep("alerts.created", JSON.readTree(alert.created()), "JsonParseException: Unrecognized token 'ab\0cd'", "größe\n1");
        await().until(() -> ekko.heard("alerts.updated", alert.id()).size() == 1);
        assertThat(ekko.get("/alerts/" + alert.id()).body().get("error").asText()).isEqualTo("JsonParseException: Unrecognized token 'abcd'");
        Message told = ekko.heard("alerts.updated", alert.id()).get(0);
        assertThat(ekko.body(told).get("correlation_id").asText()).isEqualTo("größe\n1");
        assertThat(told.getHeaders().getFirst("X-Correlation-Id")).isEqualTo("gr%C3%B6%C3%9Fe 1");
    }

    @Test
    void aLetterOfAnotherJobOrOfNoneChangesNothing() throws Exception {
        UUID settled = ekko.create("Alert me when my AVAX balance goes above 10");
        await().until(() -> ekko.status(settled), "active"::equals);
        Pending waiting = new PendingAlerts(database, "local").create();
        Pending last = new PendingAlerts(database, "local").create();
        for (UUID alert : List.of(settled, waiting.id())) {
            ObjectNode original = JSON.createObjectNode();
            original.putObject("alert").put("id", alert.toString()).put("job_id", UUID.randomUUID().toString());
            keep("alerts.created", original);
        }
        keep("alerts.created", JSON.readTree("{\"alert\":{\"id\":\"x\",\"job_id\":[]}}"));
        keep("alerts.created", JSON.readTree("17"));
        ObjectNode repeated = JSON.createObjectNode();
        repeated.putObject("alert").put("id", settled.toString()).put("job_id", job(settled));
        keep("alerts.created", repeated);
        keep("alerts.created", JSON.readTree(last.created()));
        await().until(() -> ekko.status(last.id()), "failed"::equals);
        await().until(() -> ekko.client().jetStreamManagement().getConsumerInfo("DLQ", "alerts-failed-created").getNumAckPending() == 0);
        assertThat(ekko.status(settled)).isEqualTo("active");
        assertThat(ekko.status(waiting.id())).isEqualTo("pending");
    }

    private String job(UUID alert) {
        return database.queryForObject("SELECT CAST(job_id AS text) FROM alerts WHERE id = ?", String.class, alert);
    }

    /** Keeps a dead letter as a consumer would have. @return its sequence */
    private long keep(String subject, JsonNode original) throws Exception {
        return keep(subject, original, "IllegalStateException: broken", "c-1");
    }

    private long keep(String subject, JsonNode original, String error, String correlation) throws Exception {
        ObjectNode letter = JSON.createObjectNode().put("original_subject", subject).put("error", error)
                .put("failed_at", "2026-01-01T00:00:00Z").put("attempts", 5).put("correlation_id", correlation).put("redrive_count", 0);
        letter.set("data", original);
        return ekko.client().jetStream().publish("dlq." + subject, JSON.writeValueAsBytes(letter)).getSeqno();
    }
}
