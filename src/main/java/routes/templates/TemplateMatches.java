package routes.templates;

import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;
import routes.nlp.AlertInterpreter;
import routes.nlp.TemplateCatalogue;

/** The asking side of template matching: request, cache key, and the answer for this client. */
@Component("templateMatches")
public class TemplateMatches {

    private final TemplateCatalogue catalogue;
    private final ObjectMapper json;

    TemplateMatches(TemplateCatalogue catalogue, ObjectMapper json) {
        this.catalogue = catalogue;
        this.json = json;
    }

    /**
     * @param body the REST request
     * @return a {@code templates.match.request} message
     */
    public ObjectNode request(@Body byte[] body, @ExchangeProperty("user_id") String user,
                              @ExchangeProperty("correlation_id") String correlation) throws IOException {
        return json.createObjectNode()
                .put("id", UUID.randomUUID().toString())
                .put("timestamp", Instant.now().toString())
                .put("nl_description", json.readTree(body).path("nl_description").asText())
                .put("user_id", user)
                .put("correlation_id", correlation);
    }

    /** @return the key an answer is cached under: the sentence as it is read, and the version of what it is read by */
    public String key(@ExchangeProperty("request") ObjectNode request) {
        return catalogue.version() + ":" + AlertInterpreter.normalise(request.get("nl_description").asText());
    }

    /**
     * @param answer  a {@code templates.match.response}, from the responder or from the cache
     * @param request the request of this client
     * @return the same answer to this client's request: its id, its time, its correlation
     */
    public String respond(@Body byte[] answer, @ExchangeProperty("request") ObjectNode request) throws IOException {
        ObjectNode response = (ObjectNode) json.readTree(answer);
        response.put("request_id", request.get("id").asText());
        response.put("timestamp", Instant.now().toString());
        response.set("correlation_id", request.get("correlation_id"));
        return json.writeValueAsString(response);
    }

    /** @return the templates a sentence can be matched with, as JSON */
    public String catalogue() throws IOException {
        ObjectNode list = json.createObjectNode().put("version", catalogue.version());
        JsonNode items = json.valueToTree(catalogue.templates().stream().map(TemplateView::of).toList());
        list.set("items", items);
        return json.writeValueAsString(list);
    }
}
