package routes.templates;

import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;
import routes.contracts.InvalidFieldException;
import routes.nlp.AlertInterpreter;
import routes.nlp.Interpretation;

/** The answering side of template matching: from {@code templates.match.request} to {@code templates.match.response}. */
@Component("templateResponder")
public class TemplateResponder {

    private final AlertInterpreter interpreter;
    private final ObjectMapper json;

    TemplateResponder(AlertInterpreter interpreter, ObjectMapper json) {
        this.interpreter = interpreter;
        this.json = json;
    }

    /**
     * @param body a {@code templates.match.request}; {@code id} and {@code correlation_id} may be absent
     * @return the {@code templates.match.response}
     * @throws IOException           when the body is no JSON
     * @throws InvalidFieldException when it has no sentence
     */
    public byte[] answer(@Body byte[] body) throws IOException {
        JsonNode request = json.readTree(body);
        JsonNode sentence = request.get("nl_description");
        if (sentence == null || !sentence.isTextual()) {
            throw new InvalidFieldException("nl_description", "must be a text");
        }
        Interpretation interpretation = interpreter.interpret(sentence.asText());
        ObjectNode response = json.createObjectNode();
        String id = request.path("id").asText(UUID.randomUUID().toString());
        response.put("request_id", id);
        response.put("timestamp", Instant.now().toString());
        response.set("status", json.valueToTree(interpretation.status()));
        response.set("matches", json.valueToTree(interpretation.matches()));
        response.put("logic", interpretation.logic());
        response.set("conditions", json.valueToTree(interpretation.conditions()));
        response.set("missing_info", json.valueToTree(interpretation.missingInfo()));
        response.put("reason", interpretation.reason());
        response.put("correlation_id", request.path("correlation_id").asText(id));
        return json.writeValueAsBytes(response);
    }
}
