package routes.alerts;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/** Between requests for new alerts that came together and the statement {@code create-alerts.sql}. */
@Component("newAlerts")
public class NewAlerts {

    private final ObjectMapper json;

    NewAlerts(ObjectMapper json) {
        this.json = json;
    }

    /**
     * @param requests exchanges whose bodies {@link AlertCommands#create} has made
     * @return the parameter of {@code create-alerts.sql}: {@code commands}, a JSON array
     * @throws JsonProcessingException when a text is none that JSON could hold
     */
    public Map<String, Object> commands(@Body List<Exchange> requests) throws JsonProcessingException {
        return Map.of("commands", json.writeValueAsString(requests.stream().map(request -> request.getMessage().getBody()).toList()));
    }

    /**
     * Gives each request its row as its body; null when its Idempotency-Key has been used before.
     *
     * @param rows rows of {@code create-alerts.sql}
     */
    public void answer(@Body List<Map<String, Object>> rows, @ExchangeProperty("requests") List<Exchange> requests) {
        Map<Object, Map<String, Object>> byId = rows.stream().collect(Collectors.toMap(row -> row.get("id"), row -> row));
        for (Exchange request : requests) {
            Map<?, ?> command = request.getMessage().getBody(Map.class);
            request.getMessage().setBody(byId.get(command.get("id")));
        }
    }
}
