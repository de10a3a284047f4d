package routes.alerts;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.nats.Batch;
import routes.nats.NatsHeaders;
import routes.nlp.AlertInterpreter;
import routes.nlp.Interpretation;

/**
 * Works out the sentence of an alert: from {@code alerts.created} or {@code jobs.alert.created} to
 * {@code jobs.alert.completed}.
 */
@Component("sentenceProcessor")
public class SentenceProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(SentenceProcessor.class);
    private static final String JOB_TYPE = "process_alert_spec";

    private final AlertInterpreter interpreter;
    private final ObjectMapper json;

    public SentenceProcessor(AlertInterpreter interpreter, ObjectMapper json) {
        this.interpreter = interpreter;
        this.json = json;
    }

    /**
     * @param batch {@code alerts.created} messages; each is given the {@code jobs.alert.completed} message for its alert's job
     *              as its body, and the id of that, the same for the same job
     * @throws Exception when a body is no JSON, or lacks a field; see {@link Batch#each}
     */
    public void alertsCreated(Exchange batch) throws Exception {
        Batch.each(batch, exchange -> {
            JsonNode message = read(exchange);
            JsonNode alert = required(message, "alert");
            complete(exchange, message, text(alert, "job_id"), text(alert, "id"), text(alert, "nl_description"));
        });
    }

    /**
     * @param batch {@code jobs.alert.created} messages; each is given the {@code jobs.alert.completed} message for its job, in
     *              the same way
     * @throws Exception when a body is no JSON, or lacks a field; see {@link Batch#each}
     */
    public void jobsCreated(Exchange batch) throws Exception {
        Batch.each(batch, exchange -> {
            JsonNode message = read(exchange);
            JsonNode job = required(message, "job");
            JsonNode payload = required(job, "payload");
            complete(exchange, message, text(job, "id"), text(payload, "alert_id"), text(payload, "nl_description"));
        });
    }

    private JsonNode read(Exchange exchange) throws IOException {
        return json.readTree(exchange.getMessage().getBody(byte[].class));
    }

    private void complete(Exchange exchange, JsonNode request, String job, String alert, String sentence) throws IOException {
        Interpretation interpretation = interpreter.interpret(sentence);
        LOG.debug("Alert {}: {} {}", alert, interpretation.status(), interpretation.reason() == null ? "" : interpretation.reason());
        ObjectNode message = json.createObjectNode();
        message.putObject("job").put("id", job).put("type", JOB_TYPE).put("status", "completed");
        ObjectNode result = message.putObject("result").put("alert_id", alert);
        result.put("status", status(interpretation));
        result.putPOJO("spec", interpretation.spec());
        boolean matched = interpretation.status() == Interpretation.Status.MATCHED;
        result.put("template_id", matched ? interpretation.matches().get(0).templateId() : null);
        result.put("confidence", matched ? interpretation.confidence() : null);
        result.putPOJO("parameters", matched ? interpretation.matches().get(0).parameters() : null);
        result.putPOJO("missing_info", interpretation.missingInfo() == null ? List.of() : interpretation.missingInfo());
        result.put("reason", interpretation.reason());
        result.putNull("error");
        message.put("timestamp", Instant.now().toString());
        message.put("correlation_id", request.path("correlation_id").asText(null));
        exchange.getMessage().setHeader(NatsHeaders.MESSAGE_ID, EventIds.derived(job, "jobs.alert.completed").toString());
        exchange.getMessage().setBody(json.writeValueAsBytes(message));
    }

    private static String status(Interpretation interpretation) {
        return switch (interpretation.status()) {
            case MATCHED -> "active";
            case NEEDS_CLARIFICATION -> "needs_clarification";
            case NO_MATCH -> "rejected";
        };
    }

    private static JsonNode required(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            throw new InvalidFieldException(field, "is missing from the message");
        }
        return value;
    }

    private static String text(JsonNode node, String field) {
        return required(node, field).asText();
    }
}
