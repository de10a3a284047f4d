package routes.workbench.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import routes.alerts.Ekko;
import routes.alerts.EkkoTest;

import static org.awaitility.Awaitility.await;

/** A route engineer deletes files of the whole application while it works. */
@EkkoTest
@DirtiesContext
class LiveApplicationTest {

    @Autowired
    private ModelCamelContext camel;
    @Autowired
    private Ekko ekko;

    /** Camel checks all outgoing messages by the steps that it has made with whichever route came first. */
    @Test
    void theOtherRoutesGoOnWithoutThoseThatAreDeleted() throws Exception {
        Path folder = Path.of("src/main/resources/camel").toAbsolutePath();
        RunningRoutes running = new RunningRoutes(camel, folder);
        for (Path file : consuming(folder)) {
            running.remove(file);
        }
        UUID alert = ekko.create("Alert me when my AVAX balance goes above 10");
        // by the first delivery: a second would come a second later
        await().atMost(Duration.ofMillis(900)).until(() -> ekko.heard("jobs.alert.completed", alert).size() == 1);
    }

    /** @return all files with NATS-driven routes, but for that of the route under test */
    private static List<Path> consuming(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml") && !file.endsWith("nlp/process-sentence.camel.yaml")).filter(file -> {
                try {
                    return Files.readString(file).contains("uri: nats:") && !file.startsWith(folder.resolve("shared"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }).toList();
        }
    }
}
