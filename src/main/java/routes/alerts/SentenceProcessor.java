package routes.alerts;

import java.io.IOException;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.contracts.InvalidFieldException;
import routes.nats.Batch;
import routes.nats.NatsHeaders;

/**
 * Works out the sentence of an alert: from {@code alerts.created} or {@code jobs.alert.created} to
 * {@code jobs.alert.completed}.
 */
@Component("sentenceProcessor")
public class SentenceProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(SentenceProcessor.class);
    private static final String JOB_TYPE = "process_alert_spec";

    private final SentenceResults results;
    private final ObjectMapper json;

    SentenceProcessor(SentenceResults results, ObjectMapper json) {
        this.results = results;
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
        ObjectNode result = results.of(sentence);
        LOG.debug("Alert {}: {} {}", alert, result.path("status").asText(), result.path("reason").asText(""));
        ObjectNode message = json.createObjectNode();
        message.putObject("job").put("id", job).put("type", JOB_TYPE).put("status", "completed");
        message.putObject("result").put("alert_id", alert).setAll(result);
        message.put("timestamp", Instant.now().toString());
        message.put("correlation_id", request.path("correlation_id").asText(null));
        exchange.getMessage().setHeader(NatsHeaders.MESSAGE_ID, EventIds.derived(job, "jobs.alert.completed").toString());
        exchange.getMessage().setBody(json.writeValueAsBytes(message));
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
