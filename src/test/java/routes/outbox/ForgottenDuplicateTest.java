package routes.outbox;

import java.util.UUID;

import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import routes.alerts.Ekko;
import routes.alerts.EkkoTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A crash between publish and mark, followed by an outage longer than the stream remembers ids. */
@EkkoTest
@TestPropertySource(properties = "ekko.nats.duplicate-window=500ms")
class ForgottenDuplicateTest {

    private static final String NEVER_SENT = "SELECT count(*) FROM outbox WHERE sent_at IS NULL";

    @Autowired
    private Ekko ekko;
    @Autowired
    private CamelContext camel;
    @Autowired
    private JdbcTemplate database;
    @Autowired
    private RelayLease lease;

    @Test
    void anEventThatTheStreamHoldsButNoLongerRecognisesIsNotPublishedAgain() throws Exception {
        UUID published = ekko.create("Alert me when my AVAX balance goes above 10");
        await().until(() -> ekko.heard("alerts.updated", published).size() == 1 && database.queryForObject(NEVER_SENT, Long.class) == 0);
        RelayRoutes.stop(camel);
        lease.release();
        UUID waiting = ekko.create("Alert me when my AVAX balance goes above 11");
        // as a crash leaves it: published, and not marked
        database.update("UPDATE outbox SET sent_at = NULL WHERE subject = 'alerts.updated'");

        publishProbe();
        await().until(() -> !publishProbe());
        RelayRoutes.start(camel);

        await().until(() -> ekko.heard("alerts.updated", waiting).size() == 1 && database.queryForObject(NEVER_SENT, Long.class) == 0);
        assertThat(ekko.heard("alerts.updated", published)).hasSize(1);
    }

    @Test
    void norIsOneThatStandsBesideAJobWhoseQueueHasHandedItOut() throws Exception {
        UUID published = ekko.create("Alert me when my AVAX balance goes above 10");
        await().until(() -> ekko.heard("alerts.updated", published).size() == 1 && database.queryForObject(NEVER_SENT, Long.class) == 0);
        ekko.patch("/alerts/" + published, "{\"nl_description\":\"Alert me when ETH gas is below 50 gwei\"}");
        await().until(() -> ekko.heard("alerts.updated", published).size() == 3 && database.queryForObject(NEVER_SENT, Long.class) == 0);
        RelayRoutes.stop(camel);
        lease.release();
        UUID waiting = ekko.create("Alert me when my AVAX balance goes above 11");
        // as a crash leaves it: published, and not marked
        database.update("UPDATE outbox SET sent_at = NULL WHERE subject IN ('alerts.updated', 'jobs.alert.created')");

        publishProbe();
        await().until(() -> !publishProbe());
        RelayRoutes.start(camel);

        await().until(() -> ekko.heard("alerts.updated", waiting).size() == 1 && database.queryForObject(NEVER_SENT, Long.class) == 0);
        assertThat(ekko.heard("alerts.updated", published)).hasSize(3);
    }

    /** @return whether the stream still recognises an id that was published when this began */
    private boolean publishProbe() throws Exception {
        return ekko.client().jetStream().publish(NatsMessage.builder().subject("alerts.enabled")
                .headers(new Headers().put("Nats-Msg-Id", "probe")).data("{}").build()).isDuplicate();
    }
}
