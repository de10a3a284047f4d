package routes.production;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The promise, kept by the production jar under load: an alert that was answered 201 is never lost and never doubled.
 * {@code -Dekko.load} sets the number of alerts.
 */
@Timeout(400)
class ProductionJarIT {

    private static final int ALERTS = Integer.getInteger("ekko.load", 2_000);
    private static final int CONNECTIONS = 16;

    private ProductionServers servers;

    @BeforeEach
    void servers() {
        servers = new ProductionServers();
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    @Test
    void everyAlertOfManyConnectionsBecomesActiveOnce() throws Exception {
        try (ApplicationProcess ekko = servers.start("load", "json")) {
            AlertLoad load = new AlertLoad(ALERTS, CONNECTIONS, List.of(ekko.awaitReady()));
            List<String> ids = load.awaitAll();
            assertThat(load.otherAnswers()).isZero();
            assertAllActiveOnce(ids);
            assertThat(ekko.terminate()).isLessThan(Duration.ofSeconds(35));
            assertThat(ekko.log().lines().filter(line -> line.startsWith("{")))
                    .as("each line an ECS object").isNotEmpty()
                    .allSatisfy(line -> assertThat(new ObjectMapper().readTree(line).has("@timestamp")).isTrue());
        }
    }

    @Test
    void aKillInTheMiddleLosesAndDoublesNothing() throws Exception {
        try (ApplicationProcess ekko = servers.start("killed")) {
            AlertLoad load = new AlertLoad(ALERTS, CONNECTIONS, List.of(ekko.awaitReady()));
            await().atMost(Duration.ofMinutes(3)).until(() -> load.acknowledged().size() > ALERTS / 3);
            ekko.kill();
            ekko.start();
            ekko.awaitReady();
            await().atMost(Duration.ofMinutes(3)).until(() -> load.acknowledged().size() > ALERTS * 2 / 3);
            ekko.kill();
            ekko.start();
            assertAllActiveOnce(load.awaitAll());
        }
    }

    @Test
    void twoInstancesProcessEachAlertOnceBetweenThem() throws Exception {
        int alerts = Math.max(200, ALERTS / 5);
        try (ApplicationProcess one = servers.start("one"); ApplicationProcess two = servers.start("two")) {
            List<String> ids = new AlertLoad(alerts, CONNECTIONS, List.of(one.awaitReady(), two.awaitReady())).awaitAll();
            assertThat(ids).hasSize(alerts);
            assertAllActiveOnce(ids);
            double byOne = one.counter("nats_messages_received_total{subject=\"alerts.created\"}");
            double byTwo = two.counter("nats_messages_received_total{subject=\"alerts.created\"}");
            assertThat(byOne + byTwo).isEqualTo(alerts);
            assertThat(byOne).isPositive();
            assertThat(byTwo).isPositive();
        }
    }

    private void assertAllActiveOnce(List<String> acknowledged) throws Exception {
        assertThat(acknowledged).doesNotHaveDuplicates();
        servers.awaitAllActiveAndSent(Duration.ofMinutes(3));
        assertThat(servers.count("SELECT count(*) FROM alerts")).isEqualTo(acknowledged.size());
        Map<String, Integer> updates = servers.updatesByAlert();
        assertThat(updates.keySet()).containsExactlyInAnyOrderElementsOf(acknowledged);
        assertThat(updates.values()).containsOnly(1);
    }
}
