package routes.alerts;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import routes.contracts.Schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What can never be processed is kept in the dead letter, byte for byte, and does not hinder the rest. */
@EkkoTest
class DeadLetterTest {

    @Autowired
    private Ekko ekko;
    private final List<Message> deadLetters = new CopyOnWriteArrayList<>();

    @BeforeEach
    void hear() throws Exception {
        ekko.client().createDispatcher(deadLetters::add).subscribe("dlq.>");
        ekko.client().flush(java.time.Duration.ofSeconds(1));
    }

    @Test
    void whatIsNoJsonIsKeptAsItsBytes() throws Exception {
        byte[] garbage = {(byte) 0xff, 0, 1, 2, '{'};
        ekko.client().jetStream().publish("alerts.created", garbage);
        JsonNode letter = letter("dlq.alerts.created");
        assertThat(Base64.getDecoder().decode(letter.at("/data/bytes").asText())).isEqualTo(garbage);
        assertThat(letter.get("attempts").asInt()).isOne();
        assertThat(letter.get("consumer").asText()).isEqualTo("nlp-alert-created");
    }

    @Test
    void aMessageWithoutWhatItNeedsIsKeptAsItsJson() throws Exception {
        ekko.client().jetStream().publish("jobs.alert.created", "{\"job\":{\"id\":\"x\"}}".getBytes(StandardCharsets.UTF_8));
        JsonNode letter = letter("dlq.jobs.alert.created");
        assertThat(letter.at("/data/job/id").asText()).isEqualTo("x");
        assertThat(letter.get("error").asText()).contains("payload");
    }

    @Test
    void aResultForAnAlertThatNeverWasIsADeadLetterAndTheNextMessageIsNot() throws Exception {
        String unknown = """
                {"job":{"id":"%s","type":"process_alert_spec","status":"completed"},
                 "result":{"alert_id":"%s","status":"rejected","spec":null,"template_id":null,"confidence":null,"missing_info":[],"reason":"out_of_domain","error":null},
                 "timestamp":"2026-01-15T10:30:00Z","correlation_id":"c-1"}""".formatted(UUID.randomUUID(), UUID.randomUUID());
        ekko.client().jetStream().publish("jobs.alert.completed", unknown.getBytes(StandardCharsets.UTF_8));
        UUID id = ekko.create("Alert me when my AVAX balance goes above 10");
        await().until(() -> ekko.status(id), "active"::equals);
        assertThat(letter("dlq.jobs.alert.completed").get("error").asText()).contains("There is no alert");
    }

    private JsonNode letter(String subject) {
        Message message = await().until(() -> deadLetters.stream().filter(letter -> letter.getSubject().equals(subject)).toList(), found -> !found.isEmpty()).get(0);
        assertThat(Schemas.problems("dlq", new String(message.getData(), StandardCharsets.UTF_8))).isEmpty();
        assertThat(message.getHeaders().keySet()).contains("Nats-Msg-Id", "ce-id", "X-Correlation-Id");
        return ekko.body(message);
    }
}
