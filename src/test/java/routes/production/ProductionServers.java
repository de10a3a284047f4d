package routes.production;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nats.client.Connection;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PushSubscribeOptions;
import routes.devservices.NatsServerProcess;
import routes.devservices.PostgresServer;
import routes.devservices.TestServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The servers of the production jar under test: a database and a NATS server that no other test has, and what they hold. */
final class ProductionServers implements AutoCloseable {

    private static final String UPDATED = "alerts.updated";
    private static final Pattern ALERT = Pattern.compile("\"alert\"\\s*:\\s*\\{\\s*\"id\"\\s*:\\s*\"([0-9a-f-]{36})\"");

    private final PostgresServer postgres = TestServers.postgres();
    private final NatsServerProcess nats = NatsServerProcess.start();
    private final String database = TestServers.newDatabase();

    ApplicationProcess start(String name, String... profiles) {
        return new ApplicationProcess(name, database, postgres, nats, profiles);
    }

    /** @param command see {@link ApplicationProcess#command} */
    ApplicationProcess start(List<String> command, String name) {
        return new ApplicationProcess(command, name, database, postgres, Map.of("NATS_URL", nats.url()));
    }

    void awaitAllActiveAndSent(Duration bound) {
        await().atMost(bound).untilAsserted(() -> {
            assertThat(count("SELECT count(*) FROM alerts WHERE status <> 'active'")).isZero();
            assertThat(count("SELECT count(*) FROM outbox WHERE sent_at IS NULL")).isZero();
        });
    }

    long count(String sql) throws SQLException {
        return TestServers.count(database, sql);
    }

    long deadLetters() throws Exception {
        try (Connection client = Nats.connect(nats.url())) {
            return client.jetStreamManagement().getStreamInfo("DLQ").getStreamState().getMsgCount();
        }
    }

    /** @return how many {@code alerts.updated} the stream ALERTS holds of each alert, by the alert's id */
    Map<String, Integer> updatesByAlert() throws Exception {
        Map<String, Integer> updates = new HashMap<>();
        try (Connection client = Nats.connect(nats.url())) {
            long last = client.jetStreamManagement().getLastMessage("ALERTS", UPDATED).getSeq();
            JetStreamSubscription all = client.jetStream().subscribe(UPDATED, PushSubscribeOptions.builder().stream("ALERTS").ordered(true).build());
            long read;
            do {
                Message message = all.nextMessage(Duration.ofSeconds(5));
                if (message == null) {
                    throw new IOException("the stream did not answer in time");
                }
                Matcher alert = ALERT.matcher(new String(message.getData()));
                assertThat(alert.find()).as(new String(message.getData())).isTrue();
                updates.merge(alert.group(1), 1, Integer::sum);
                read = message.metaData().streamSequence();
            } while (read < last);
        }
        return updates;
    }

    @Override
    public void close() {
        nats.close();
    }
}
