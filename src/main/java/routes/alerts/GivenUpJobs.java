package routes.alerts;

import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;
import routes.sql.StorableText;

/** Between a dead letter of an alert's message and the statement {@code settle-jobs.sql}: the alert has failed. */
@Component("givenUpJobs")
public class GivenUpJobs {

    private final JobResults results;
    private final ObjectMapper json;

    GivenUpJobs(JobResults results, ObjectMapper json) {
        this.results = results;
        this.json = json;
    }

    /**
     * @param body a dead letter (schema {@code dlq.v1}) of {@code alerts.created}, {@code jobs.alert.created} or
     *             {@code jobs.alert.completed}
     * @return the one parameter of {@code settle-jobs.sql}; null when the letter names no job of an alert: anybody may have
     *         published what became the letter
     * @throws IOException when the letter is no JSON
     */
    public Map<String, Object> toSettle(@Body byte[] body, @Header("traceparent") String trace) throws IOException {
        JsonNode letter = json.readTree(body);
        JsonNode original = original(letter.path("data"));
        String job = first(original, "/alert/job_id", "/job/id");
        String alert = first(original, "/alert/id", "/job/payload/alert_id", "/result/alert_id");
        if (!isUuid(job) || !isUuid(alert)) {
            return null;
        }
        ObjectNode failed = json.createObjectNode();
        failed.putObject("job").put("id", job);
        // an error may repeat any character of a body that is no JSON
        failed.putObject("result").put("alert_id", alert).put("status", "failed").put("reason", "processing_failed")
                .put("error", StorableText.of(letter.path("error").asText())).putArray("missing_info");
        failed.put("correlation_id", StorableText.of(letter.path("correlation_id").asText(job)));
        return results.toSettle(failed, trace);
    }

    /** What is JSON but could not be kept as JSON without a loss is in the letter as its bytes. */
    private JsonNode original(JsonNode data) throws IOException {
        if (!data.path("encoding").asText().equals("base64") || data.has("parts")) {
            return data;
        }
        try {
            return json.readTree(Base64.getDecoder().decode(data.path("bytes").asText()));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return data;
        }
    }

    private static String first(JsonNode message, String... paths) {
        return Stream.of(paths).map(path -> message.at(path).asText()).filter(text -> !text.isEmpty()).findFirst().orElse("");
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
