package routes.alerts;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Between the message {@code jobs.alert.completed} and the statement {@code settle-jobs.sql}. */
@Component("jobResults")
public class JobResults {

    private static final Logger LOG = LoggerFactory.getLogger(JobResults.class);
    private static final List<String> TAKEN_OVER = List.of("alert_id", "status", "spec", "template_id", "confidence",
            "parameters", "missing_info", "reason", "error");

    private final ObjectMapper json;

    public JobResults(ObjectMapper json) {
        this.json = json;
    }

    /**
     * @param messages a batch of {@code jobs.alert.completed} messages
     * @return the one parameter of {@code settle-jobs.sql}: {@code results}, a JSON array
     * @throws IOException when a body is no JSON
     */
    public Map<String, Object> toSettle(@Body List<Exchange> messages) throws IOException {
        ArrayNode results = json.createArrayNode();
        for (Exchange message : messages) {
            results.add(result(json.readTree(message.getMessage().getBody(byte[].class)), message.getMessage().getHeader("traceparent", String.class)));
        }
        return Map.of("results", json.writeValueAsString(results));
    }

    Map<String, Object> toSettle(JsonNode message, String trace) throws IOException {
        return Map.of("results", json.writeValueAsString(json.createArrayNode().add(result(message, trace))));
    }

    private ObjectNode result(JsonNode message, String trace) {
        JsonNode answer = message.path("result");
        String job = message.path("job").path("id").asText();
        ObjectNode result = json.createObjectNode();
        TAKEN_OVER.forEach(field -> result.set(field, answer.get(field)));
        result.set("event_type", answer.path("spec").get("event_type"));
        result.set("sub_event", answer.path("spec").get("sub_event"));
        result.put("job_id", job);
        // a failed alert takes the result of its job after all, when a dead letter is redriven: that is another event
        String updated = result.path("status").asText().equals("failed") ? "alerts.updated/failed" : "alerts.updated";
        result.put("updated_id", EventIds.derived(job, updated).toString());
        result.put("matched_id", EventIds.derived(job, "alerts.template.matched").toString());
        result.put("correlation_id", message.path("correlation_id").asText(job));
        result.put("traceparent", trace);
        return result;
    }

    /**
     * @param outcomes rows of {@code settle-jobs.sql}
     * @throws UnknownAlertException when a result is for an alert that never was
     */
    public void check(@Body List<Map<String, Object>> outcomes) {
        for (Map<String, Object> row : outcomes) {
            switch ((String) row.get("outcome")) {
                case "unknown" -> throw new UnknownAlertException(String.valueOf(row.get("alert_id")));
                case "stale" -> LOG.info("Job {} of alert {} was settled or replaced before", row.get("job_id"), row.get("alert_id"));
                default -> LOG.debug("Job {} has settled alert {}", row.get("job_id"), row.get("alert_id"));
            }
        }
    }
}
