package routes.nats;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import routes.alerts.Ekko;
import routes.alerts.EkkoTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The metrics page has the names that dashboards and alert rules are written against. */
@EkkoTest
@AutoConfigureObservability
class MetricsTest {

    @Autowired
    private Ekko ekko;

    @Test
    void allMetricsAreThereUnderTheirNames() {
        UUID id = ekko.create("Alert me when my AVAX balance goes above 10");
        await().until(() -> ekko.status(id), "active"::equals);
        List<String> names = List.of(
                "nats_messages_published_total{subject=\"alerts.created\"}",
                "nats_messages_received_total{subject=\"alerts.created\"}",
                "nats_message_processing_seconds_bucket{subject=\"alerts.created\",le=",
                "nats_message_processing_seconds_count{subject=\"jobs.alert.completed\"}",
                "nats_publish_failures_total{subject=\"alerts.created\"}",
                "nats_connection_status 1.0",
                "jetstream_consumer_num_pending{consumer=\"nlp-alert-created\",stream=\"ALERTS\"}",
                "jetstream_consumer_num_ack_pending{consumer=\"alerts-job-completed\",stream=\"JOBS\"}",
                "jetstream_consumer_num_redelivered{consumer=\"nlp-job-created\",stream=\"JOBS\"}",
                "jetstream_stream_messages{stream=\"ALERTS\"}",
                "ekko_outbox_backlog", "ekko_outbox_oldest_seconds",
                "camel_exchanges_total{", "camel_route_policy_seconds_count{");
        await().untilAsserted(() -> {
            String page = ekko.get("/actuator/prometheus").response().body();
            assertThat(names).allSatisfy(name -> assertThat(page).contains(name));
            assertThat(page).as("no label value is an id").doesNotContainPattern("subject=\"[^\"]*[0-9a-f]{8}-[0-9a-f]{4}");
        });
    }
}
