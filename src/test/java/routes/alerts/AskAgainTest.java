package routes.alerts;

import java.time.Duration;
import java.util.UUID;

import io.nats.client.PurgeOptions;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.NotifyBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A broker that loses what it has acknowledged. The route looks once after each start, and as long as there is more. */
@EkkoTest
@DirtiesContext
@TestPropertySource(properties = {"ekko.nats.duplicate-window=1s", "ekko.ask-again.after=2s", "ekko.ask-again.every=3600000"})
class AskAgainTest {

    private static final String SENTENCE = "Alert me when my AVAX balance goes above 10";

    @Autowired
    private Ekko ekko;
    @Autowired
    private CamelContext camel;
    @Autowired
    private JdbcTemplate database;

    @AfterEach
    void everythingRuns() throws Exception {
        camel.getRouteController().startRoute("process-created-alert");
        camel.getRouteController().startRoute("settle-alert");
    }

    @ParameterizedTest
    @CsvSource({"process-created-alert, ALERTS, alerts.created", "settle-alert, JOBS, jobs.alert.completed"})
    void anAlertWhoseMessageIsLostOnItsWayIsAskedForAgain(String consumer, String stream, String subject) throws Exception {
        camel.getRouteController().stopRoute(consumer);
        UUID alert = ekko.create(SENTENCE);
        await().until(() -> ekko.heard(subject, alert).size() == 1 && isOld());
        ekko.client().jetStreamManagement().purgeStream(stream, PurgeOptions.subject(subject));
        camel.getRouteController().startRoute(consumer);

        look();

        await().atMost(Duration.ofSeconds(20)).until(() -> ekko.status(alert).equals("active") && ekko.heard("alerts.updated", alert).size() == 1);
        assertThat(ekko.heard("jobs.alert.created", alert)).hasSize(1);
        assertThat(ekko.heard("alerts.template.matched", alert)).hasSize(1);
    }

    @Test
    void oneWhoseMessageOnlyWaitsIsNot() throws Exception {
        camel.getRouteController().stopRoute("process-created-alert");
        UUID alert = ekko.create(SENTENCE);
        await().until(() -> ekko.heard("alerts.created", alert).size() == 1 && isOld());

        look();

        assertThat(ekko.status(alert)).isEqualTo("pending");
        assertThat(requests(alert)).isZero();
        camel.getRouteController().startRoute("process-created-alert");
        await().atMost(Duration.ofSeconds(20)).until(() -> ekko.status(alert).equals("active"));

        look();

        assertThat(requests(alert)).isZero();
    }

    @Test
    void allSentEventsAreLookedThroughAtOnceHoweverMany() throws Exception {
        UUID alert = UUID.randomUUID();
        database.update("INSERT INTO alerts (id, user_id, name, nl_description, job_id) VALUES (?, 'user', 'Lost', ?, ?)", alert, SENTENCE, UUID.randomUUID());
        database.update("""
                INSERT INTO outbox (event_id, subject, payload, correlation_id, sent_at)
                SELECT gen_random_uuid(), 'alerts.created', json_build_object('alert', json_build_object('id', CASE WHEN i = 0 THEN ? ELSE gen_random_uuid() END)),
                       'one of many', clock_timestamp() - i * interval '1 ms' FROM generate_series(0, 20500) AS i""", alert);
        database.update("UPDATE asked_again SET up_to = '-infinity'");
        await().until(this::isOld);

        look();

        await().atMost(Duration.ofSeconds(20)).until(() -> ekko.heard("alerts.updated", alert).size() == 1);
        assertThat(requests(alert)).isEqualTo(1);
    }

    /** Lets the route look once, and again while there is more. */
    private void look() throws Exception {
        camel.getRouteController().stopRoute("ask-again");
        NotifyBuilder looked = new NotifyBuilder(camel).fromRoute("ask-again").whenDone(1).create();
        camel.getRouteController().startRoute("ask-again");
        assertThat(looked.matches(20, SECONDS)).isTrue();
    }

    private boolean isOld() {
        return database.queryForObject("SELECT count(*) = 0 FROM outbox WHERE sent_at IS NULL OR sent_at > clock_timestamp() - interval '2 seconds'", Boolean.class);
    }

    private long requests(UUID alert) {
        return database.queryForObject("SELECT count(*) FROM outbox WHERE subject = 'jobs.alert.created' AND payload #>> '{job,payload,alert_id}' = ?",
                Long.class, alert.toString());
    }
}
