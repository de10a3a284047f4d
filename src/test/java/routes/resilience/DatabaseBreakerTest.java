package routes.resilience;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.nats.client.api.ConsumerInfo;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.TestPropertySource;
import routes.EkkoApplication;
import routes.alerts.Ekko;
import routes.devservices.NatsServerProcess;
import routes.devservices.PostgresServer;
import routes.nats.PausableConsumer;
import routes.security.Tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The database is away for longer than a connection waits: results wait for it, and none is delivered twice. */
@SpringBootTest(classes = EkkoApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({DatabaseBreakerTest.OwnServers.class, Ekko.class})
@DirtiesContext
@TestPropertySource(properties = "ekko.breakers.database.open-for=2s")
@Timeout(120)
class DatabaseBreakerTest {

    private static final int ALERTS = 30;
    private static final Duration AWAY = Duration.ofSeconds(16);

    @Autowired
    private Ekko ekko;
    @Autowired
    private CamelContext camel;
    @Autowired
    private PostgresServer postgres;

    @Test
    void resultsWaitForTheDatabaseAndPayNoDelivery() throws Exception {
        camel.getRouteController().suspendRoute("settle-alert");
        List<UUID> ids = Stream.generate(() -> ekko.create("Alert me when my AVAX balance goes above 10")).limit(ALERTS).toList();
        await().until(() -> messages("JOBS") == ALERTS);
        postgres.shutDown();
        camel.getRouteController().resumeRoute("settle-alert");

        await().atMost(Duration.ofSeconds(40)).until(() -> ((PausableConsumer) camel.getRoute("settle-alert").getConsumer()).isFetchingPaused());
        await().during(AWAY).atMost(AWAY.plusSeconds(5)).pollInterval(Duration.ofMillis(500))
                .until(() -> messages("DLQ") == 0 && messages("JOBS") == ALERTS && consumer().getRedelivered() == 0);
        assertThat(ekko.post("/alerts", ekko.alert("a", "BTC above 1")).status()).isEqualTo(503);
        postgres.restart();

        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> ids.stream().allMatch(id -> ekko.status(id).equals("active")));
        await().until(() -> messages("JOBS") == 0);
        assertThat(messages("DLQ")).isZero();
        assertThat(consumer().getRedelivered()).isZero();
        assertThat(consumer().getDelivered().getConsumerSequence()).as("one delivery each").isEqualTo(ALERTS);
        await().untilAsserted(() -> assertThat(ids).allSatisfy(id -> assertThat(ekko.heard("alerts.updated", id)).hasSize(1)));
        assertThat(ekko.get("/actuator/health").body().at("/components/breakers/details/database").asText()).isEqualTo("closed");
    }

    private ConsumerInfo consumer() throws Exception {
        return ekko.client().jetStreamManagement().getConsumerInfo("JOBS", "alerts-job-completed");
    }

    private long messages(String stream) throws Exception {
        return ekko.client().jetStreamManagement().getStreamInfo(stream).getStreamState().getMsgCount();
    }

    /** A PostgreSQL that no other test needs. */
    @TestConfiguration(proxyBeanMethods = false)
    static class OwnServers {

        @Bean
        PostgresServer postgresServer() {
            return PostgresServer.start();
        }

        @Bean
        NatsServerProcess natsServer() {
            return NatsServerProcess.start();
        }

        @Bean
        DynamicPropertyRegistrar settings(PostgresServer postgres, NatsServerProcess nats) {
            return registry -> {
                registry.add("spring.datasource.url", postgres::jdbcUrl);
                registry.add("spring.datasource.username", postgres::username);
                registry.add("spring.datasource.password", postgres::password);
                registry.add("ekko.nats.url", nats::url);
                registry.add("ekko.security.jwt.secret", () -> Tokens.SECRET);
            };
        }
    }
}
