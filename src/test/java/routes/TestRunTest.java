package routes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CliConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What {@code spring-boot:test-run} starts shows itself to Camel's command line, by the file that this reads; nothing else does. */
class TestRunTest {

    @TempDir
    private Path home;
    private String usualHome;

    @BeforeEach
    void liveElsewhere() {
        usualHome = System.setProperty("user.home", home.toString());
    }

    @AfterEach
    void goHome() {
        System.setProperty("user.home", usualHome);
    }

    @Test
    void theCamelCommandListsItsRoutes() {
        try (ConfigurableApplicationContext application = TestEkkoApplication.run("--server.port=0", "--ekko.dev.data=" + home.resolve("data")).getApplicationContext()) {
            List<String> routes = application.getBean(CamelContext.class).getRoutes().stream().map(Route::getId).toList();
            assertThat(routes).contains("create-alert", "settle-alert");
            JsonNode status = await().atMost(Duration.ofSeconds(20)).until(this::status, it -> it.path("routes").size() >= routes.size());
            assertThat(status.path("routes").findValuesAsText("routeId")).containsAll(routes);
            assertThat(status.at("/runtime/platform").asText()).isEqualTo("Spring Boot");
        }
    }

    @Test
    void aContextOfATestDoesNot() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();
            assertThat(camel.hasService(CliConnector.class)).isNull();
        }
        assertThat(home.resolve(".camel")).doesNotExist();
    }

    private JsonNode status() throws Exception {
        Path file = home.resolve(".camel/%d-status.json".formatted(ProcessHandle.current().pid()));
        try {
            return new ObjectMapper().readTree(Files.exists(file) ? Files.readString(file) : "{}");
        } catch (JsonProcessingException e) {
            return new ObjectMapper().createObjectNode(); // it is being written
        }
    }
}
