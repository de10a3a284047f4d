package routes.workbench.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The route file of a new flow: consume, make the body, publish under an id that a redelivery makes again. */
final class RouteText {

    private static final String TEXT = """
            - route:
                id: {name}
                description: Makes {to} of {from}
                group: {name}
            {policy}    from:
                  uri: nats:{from}
                  parameters:
                    jetstreamEnabled: true
                    jetstreamName: {stream}
                    durableName: {name}
                    maxDeliver: "{{ekko.retry.max-deliver}}"
                    nakDelay: "{{ekko.retry.nak-delay}}"
                    maxNakDelay: "{{ekko.retry.max-nak-delay}}"
                  steps:
                    - unmarshal:
                        id: read-event-{name}
                        json:
                          library: Jackson
            {call}        - setBody:
                        id: make-body-{name}
                        expression:
                          simple:
                            expression: |-
                              ${map(
                                {fields}
                              )}
                    - marshal:
                        id: write-body-{name}
                        json:
                          library: Jackson
                    - setHeader:
                        id: set-message-id-{name}
                        name: CamelNatsMessageId
                        expression:
                          simple:
                            expression: {message-id}
                    - to:
                        id: publish-{name}
                        uri: nats:{to}
            """;
    private static final String STORED = """
                        parameters:
                          jetstreamEnabled: true
            """;
    private static final String SAME_ID = "${exchangeProperty.message_id}";

    private RouteText() {
    }

    static String of(Flow flow) {
        // an id of its own in the stream: another flow may publish what it makes of the same event
        String messageId = flow.stored().isPresent() ? SAME_ID + "-" + flow.name() : SAME_ID;
        String text = TEXT + (flow.stored().isPresent() ? STORED : "");
        return text.replace("{policy}", CallText.policy(flow)).replace("{call}", CallText.steps(flow)).replace("{name}", flow.name()).replace("{from}", flow.from())
                .replace("{to}", flow.to()).replace("{stream}", flow.stream()).replace("{fields}", fields(flow, messageId)).replace("{message-id}", messageId);
    }

    /** A map and no text: whatever a value holds, Jackson makes right JSON of it. */
    private static String fields(Flow flow, String messageId) {
        List<String> names = flow.isNewSubject() ? SchemaText.FIELDS : required(flow);
        List<String> fields = new ArrayList<>();
        names.forEach(name -> fields.add(field(name, flow.isNewSubject() && name.equals("id") ? messageId : value(name, flow))));
        flow.service().ifPresent(service -> fields.add(field("answer", "${body}")));
        return String.join(",\n                    ", fields);
    }

    private static String field(String name, String value) {
        return "'%s', %s".formatted(name, value);
    }

    /** What the event that came in has to give for a field; it is the body until an answer takes its place. */
    private static String value(String field, Flow flow) {
        String event = flow.service().isPresent() ? "exchangeProperty.event" : "body";
        return switch (field) {
            case "id" -> SAME_ID;
            // in double quotes: Camel takes single ones of a value away
            case "timestamp" -> "\"${date-with-timezone:now:UTC:yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}\"";
            case "type" -> flow.from();
            case "data" -> "${" + event + "}";
            case "correlation_id" -> "${exchangeProperty.correlation_id}";
            default -> "${" + event + "[" + field + "]}";
        };
    }

    private static List<String> required(Flow flow) {
        try {
            List<String> names = new ArrayList<>();
            JsonNode schema = new ObjectMapper().readTree(flow.schemaFile().toFile());
            schema.path("required").forEach(name -> names.add(name.asText()));
            return names.isEmpty() ? SchemaText.FIELDS : names;
        } catch (IOException e) {
            throw new UncheckedIOException(flow.schemaFile() + " cannot be read", e);
        }
    }
}
