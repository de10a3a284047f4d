package routes.outbox;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.nats.client.Connection;
import io.nats.client.api.PublishAck;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import routes.devservices.TestServers;
import routes.nats.CloudEvents;
import routes.nats.JetStreamPublisher;
import routes.nats.NatsConnection;
import routes.nats.QueueDepth;
import routes.nats.ShutdownReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

/**
 * What the relay does when NATS, a stream or the database goes at a certain moment, and while others write. No server can be
 * stopped at that very moment: NATS is played here, the database is real.
 */
class RelayAloneTest {

    private static final OutboxProperties PROPERTIES = new OutboxProperties(500, Duration.ofMillis(1), Duration.ofSeconds(1));

    private final NatsConnection nats = mock(NatsConnection.class);
    private final JetStreamPublisher publisher = mock(JetStreamPublisher.class);
    private final AlreadyPublished published = mock(AlreadyPublished.class);
    private JdbcTemplate database;
    private RelayLease lease;
    private OutboxRelay relay;

    @BeforeEach
    void aRelayAndTwoEvents() {
        Database fresh = new Database(TestServers.newDatabase());
        database = new JdbcTemplate(new DriverManagerDataSource(fresh.url(), fresh.getUsername(), fresh.getPassword()));
        Flyway.configure().dataSource(database.getDataSource()).load().migrate();
        database.execute("INSERT INTO outbox (event_id, subject, payload, correlation_id) SELECT gen_random_uuid(), 'alerts.updated', '{}', 'c' FROM generate_series(1, 2)");
        lease = new RelayLease(fresh, PROPERTIES);
        relay = new OutboxRelay(lease, nats, publisher, mock(CloudEvents.class), PROPERTIES, published, mock(QueueDepth.class), mock(ShutdownReport.class));
        when(nats.ifConnected()).thenReturn(Optional.of(mock(Connection.class)));
        when(publisher.publish(any(), any())).thenReturn(CompletableFuture.completedFuture(mock(PublishAck.class)));
    }

    @AfterEach
    void giveTheLeaseUp() {
        lease.release();
    }

    @Test
    void acknowledgedEventsAreMarkedWithoutNatsAndOthersAreNotRead() {
        when(publisher.publish(any(), any())).thenAnswer(call -> {
            when(nats.ifConnected()).thenReturn(Optional.empty());
            database.execute("INSERT INTO outbox (event_id, subject, payload, correlation_id) VALUES (gen_random_uuid(), 'alerts.updated', '{}', 'later')");
            return CompletableFuture.completedFuture(mock(PublishAck.class));
        });
        assertThat(relay.relay()).isEqualTo(2);
        assertThat(relay.relay()).isZero();
        assertThat(unsent()).as("those written meanwhile").isEqualTo(2);
        verify(publisher, times(2)).publish(any(), any());
    }

    @Test
    void acknowledgedEventsArePublishedAgainWhenTheDatabaseWentBeforeTheyWereMarked() {
        when(publisher.publish(any(), any())).thenAnswer(call -> {
            database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ekko-outbox-relay' AND datname = current_database()");
            return CompletableFuture.completedFuture(mock(PublishAck.class));
        });
        relay.relay();
        relay.relay();
        assertThat(unsent()).isEqualTo(2);
        when(publisher.publish(any(), any())).thenReturn(CompletableFuture.completedFuture(mock(PublishAck.class)));
        assertThat(relay.relay()).isEqualTo(2);
        relay.stop();
        assertThat(unsent()).isZero();
        verify(publisher, times(4)).publish(any(), any());
    }

    @Test
    void whileOneStreamCannotBeSearchedTheEventsOfTheOthersAreSent() throws Exception {
        database.execute("INSERT INTO outbox (event_id, subject, payload, correlation_id) VALUES (gen_random_uuid(), 'jobs.alert.created', '{}', 'c')");
        when(published.mayBeForgotten(any())).thenAnswer(call -> call.getArgument(0, OutboxEvent.class).domain().equals("alerts"));
        when(published.among(any())).thenThrow(new IOException("no answer"));
        assertThat(relay.relay()).isEqualTo(1);
        relay.relay();
        assertThat(database.queryForList("SELECT DISTINCT subject FROM outbox WHERE sent_at IS NULL", String.class)).containsExactly("alerts.updated");
        reset(published);
        await().until(() -> relay.relay() == 2);
    }

    /** Other instances go on taking alerts. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void itEndsThoughOthersAddMoreThanAWindowHoldsMeanwhile() {
        when(publisher.publish(any(), any())).thenAnswer(call -> {
            database.execute("INSERT INTO outbox (event_id, subject, payload, correlation_id) SELECT gen_random_uuid(), 'alerts.updated', '{}', 'c' FROM generate_series(1, 2)");
            return CompletableFuture.completedFuture(mock(PublishAck.class));
        });
        relay.stop();
        assertThat(relay.isRunning()).isFalse();
        assertThat(unsent()).isPositive();
    }

    private int unsent() {
        return database.queryForObject("SELECT count(*) FROM outbox WHERE sent_at IS NULL", Integer.class);
    }
}
