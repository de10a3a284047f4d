package routes.outbox;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Body;
import org.apache.camel.FluentProducerTemplate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;
import routes.contracts.InvalidFieldException;

/**
 * Publishes events of the outbox again, for a broker that has lost data. Events keep their ids: what the broker still
 * remembers it drops, and consumers do nothing twice. The outbox holds events for {@code ekko.keep.events}.
 */
@Component("outboxReplay")
@ConditionalOnProperty("ekko.role.ops")
@ManagedResource(objectName = "routes:type=Outbox", description = "Events on their way to the broker")
public class OutboxReplay {

    private final ObjectMapper json;
    private final FluentProducerTemplate camel;

    OutboxReplay(ObjectMapper json, FluentProducerTemplate camel) {
        this.json = json;
        this.camel = camel;
    }

    /**
     * @param order JSON: {@code since}, and optionally {@code until, subject, dry_run}
     * @return parameters of {@code republish-events.sql}
     * @throws InvalidFieldException when one of them is no time, or {@code until} is before {@code since}
     */
    public Map<String, Object> parameters(@Body JsonNode order) {
        OffsetDateTime since = time(order, "since");
        if (order.hasNonNull("until") && time(order, "until").isBefore(since)) {
            throw new InvalidFieldException("until", "must not be before since");
        }
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("since", order.path("since").asText());
        parameters.put("until", order.hasNonNull("until") ? order.get("until").asText() : null);
        parameters.put("subject", order.hasNonNull("subject") ? order.get("subject").asText() : null);
        parameters.put("dry_run", order.path("dry_run").asBoolean(false));
        return parameters;
    }

    private static OffsetDateTime time(JsonNode order, String field) {
        try {
            return OffsetDateTime.parse(order.path(field).asText());
        } catch (DateTimeParseException e) {
            throw new InvalidFieldException(field, "must be a time such as 2026-01-02T03:04:05Z");
        }
    }

    @ManagedOperation(description = "Publishes events since a time again")
    @ManagedOperationParameter(name = "since", description = "time such as 2026-01-31T12:00:00Z")
    @ManagedOperationParameter(name = "dryRun", description = "only count them")
    public String republish(String since, boolean dryRun) {
        ObjectNode order = json.createObjectNode().put("since", since).put("dry_run", dryRun);
        return camel.withBody(order).to("direct:republish").request(String.class);
    }
}
