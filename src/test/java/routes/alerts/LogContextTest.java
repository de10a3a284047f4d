package routes.alerts;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A log line on the way of a message says which message it belongs to. */
@EkkoTest
@TestPropertySource(properties = "logging.level.routes.alerts=DEBUG")
@ExtendWith(OutputCaptureExtension.class)
class LogContextTest {

    @Autowired
    private Ekko ekko;

    @Test
    void aLineOnTheWayOfAMessageSaysWhichOne(CapturedOutput output) {
        Ekko.Answer created = ekko.post("/alerts", ekko.alert("a", "Alert me when my AVAX balance goes above 10"), "X-Correlation-Id", "find-me");
        UUID id = UUID.fromString(created.body().get("id").asText());
        await().until(() -> ekko.status(id), "active"::equals);
        assertLine(output, "routes.alerts.SentenceProcessor", "alerts.created", ekko.heard("alerts.created", id).get(0).getHeaders().getFirst("Nats-Msg-Id"));
        assertLine(output, "routes.alerts.JobResults", "jobs.alert.completed", ekko.heard("jobs.alert.completed", id).get(0).getHeaders().getFirst("Nats-Msg-Id"));
    }

    private static void assertLine(CapturedOutput output, String logger, String subject, String message) {
        await().untilAsserted(() -> assertThat(output.getOut().lines().filter(line -> line.contains(logger)).toList())
                .anySatisfy(line -> assertThat(line).contains("[find-me " + subject + " " + message + "]")));
    }
}
