package routes.workbench.live;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

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
        for (Map.Entry<Path, String> file : new TreeMap<>(new RouteFolder(folder).texts()).entrySet()) {
            if (file.getValue().contains("uri: nats:") && !file.getKey().startsWith(folder.resolve("shared")) && !file.getKey().endsWith("nlp/process-sentence.camel.yaml")) {
                running.remove(file.getKey());
            }
        }
        UUID alert = ekko.create("Alert me when my AVAX balance goes above 10");
        // by the first delivery: a second would come a second later
        await().atMost(Duration.ofMillis(900)).until(() -> ekko.heard("jobs.alert.completed", alert).size() == 1);
    }
}
