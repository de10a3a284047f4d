package bench.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import bench.baseline.Baseline.Table;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.JetStream;
import io.nats.client.MessageConsumer;
import io.nats.client.api.ConsumerConfiguration;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import routes.nlp.AlertInterpreter;
import routes.nlp.Interpretation;
import routes.nlp.TemplateMatch;

/** Two durable pull consumers, two dispatchers each: works out the sentence, then settles the alert. */
@Component
class AlertConsumers {

    private final Connection nats;
    private final JetStream jetStream;
    private final JdbcTemplate database;
    private final AlertInterpreter interpreter;
    private final ObjectMapper json;
    private final boolean enabled;
    private final List<MessageConsumer> consuming = new ArrayList<>();

    AlertConsumers(Connection nats, JetStream jetStream, JdbcTemplate database, AlertInterpreter interpreter, ObjectMapper json, Table table,
                   @Value("${BENCH_CONSUMERS:true}") boolean enabled) {
        this.nats = nats;
        this.jetStream = jetStream;
        this.database = database;
        this.interpreter = interpreter;
        this.json = json;
        this.enabled = enabled;
    }

    private interface Work {
        void on(JsonNode message) throws Exception;
    }

    @PostConstruct
    void start() throws Exception {
        if (enabled) {
            for (int i = 0; i < 2; i++) {
                consume("ALERTS", "alerts.created", "nlp", this::interpret);
                consume("JOBS", "jobs.alert.completed", "settle", this::settle);
            }
        }
    }

    private void consume(String stream, String subject, String durable, Work work) throws Exception {
        ConsumerContext consumer = nats.getStreamContext(stream)
                .createOrUpdateConsumer(ConsumerConfiguration.builder().durable(durable).filterSubject(subject).build());
        consuming.add(consumer.consume(nats.createDispatcher(), message -> {
            try {
                work.on(json.readTree(message.getData()));
                message.ack();
            } catch (Exception e) {
                LoggerFactory.getLogger(AlertConsumers.class).warn("{}", subject, e);
                message.nak();
            }
        }));
    }

    private void interpret(JsonNode message) throws Exception {
        JsonNode alert = message.get("alert");
        Interpretation read = interpreter.interpret(alert.get("nl_description").asText());
        List<TemplateMatch> matches = read.matches();
        boolean matched = read.status() == Interpretation.Status.MATCHED;
        jetStream.publish("jobs.alert.completed", json.writeValueAsBytes(Map.of("alert_id", alert.get("id").asText(),
                "status", matched ? "active" : "rejected", "template_id", matched ? matches.get(0).templateId() : "",
                "confidence", matched ? matches.get(0).confidence() : 0, "spec", json.valueToTree(read.spec()))));
    }

    private void settle(JsonNode result) throws Exception {
        UUID id = UUID.fromString(result.get("alert_id").asText());
        database.update("UPDATE alerts SET status = ?, template_id = ?, confidence = ?, spec = CAST(? AS json), updated_at = now() WHERE id = ?",
                result.get("status").asText(), result.get("template_id").asText(), result.get("confidence").decimalValue(), result.get("spec").toString(), id);
        jetStream.publish("alerts.updated", json.writeValueAsBytes(Map.of("alert", Map.of("id", id, "status", result.get("status").asText(), "spec", result.get("spec")))));
    }

    @PreDestroy
    void stop() {
        consuming.forEach(MessageConsumer::stop);
    }
}
