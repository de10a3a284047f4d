package routes.production;

import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import routes.devservices.NatsServerProcess;
import routes.devservices.PostgresServer;
import routes.devservices.TestServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The roles apart, each a process of its own, as the Kubernetes manifests start them: together they are the application. */
@Timeout(240)
class RolesIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void anAlertGoesThroughTheRoles() throws Exception {
        PostgresServer postgres = TestServers.postgres();
        String database = TestServers.newDatabase();
        try (NatsServerProcess nats = NatsServerProcess.start();
                ApplicationProcess api = role("api", database, postgres, nats);
                ApplicationProcess nlp = role("nlp", database, postgres, nats);
                ApplicationProcess ops = role("ops", database, postgres, nats)) {
            api.awaitReady();
            nlp.awaitReady();
            ops.awaitReady();
            JsonNode alert = JSON.readTree(api.post("/alerts/", "{\"name\":\"a\",\"nl_description\":\"Alert me when my AVAX balance goes above 10\"}", "one").body());
            await().atMost(Duration.ofSeconds(30)).until(() -> api.get("/alerts/" + alert.get("id").asText()).body().contains("\"active\""));
            assertThat(ops.get("/dlq/").statusCode()).as("operators' requests are served by their role").isEqualTo(200);
        }
    }

    private static ApplicationProcess role(String role, String database, PostgresServer postgres, NatsServerProcess nats) {
        return new ApplicationProcess(role, database, postgres, Map.of("NATS_URL", nats.url(), "EKKO_ROLES", role));
    }
}
