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
                    - setProperty:
                        id: keep-event-{name}
                        name: event
                        expression:
                          simple:
                            expression: ${bodyAs(String)}
                    - unmarshal:
                        id: read-event-{name}
                        json:
                          library: Jackson
            {call}        - setBody:
                        id: make-body-{name}
                        expression:
                          simple:
                            expression: >-
                              {body}
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
        return text.replace("{policy}", CallText.policy(flow)).replace("{call}", CallText.steps(flow, kept(flow))).replace("{name}", flow.name()).replace("{from}", flow.from()).replace("{to}", flow.to()).replace("{stream}", flow.stream())
                .replace("{body}", body(flow, messageId)).replace("{message-id}", messageId);
    }

    private static String body(Flow flow, String messageId) {
        List<String> fields = new ArrayList<>();
        if (flow.isNewSubject()) {
            SchemaText.FIELDS.forEach(field -> fields.add(field(field, field.equals("id") ? messageId : value(field, flow))));
        } else {
            List<String> kept = flow.service().isPresent() ? kept(flow) : List.of();
            required(flow).forEach(field -> fields.add(field(field, kept.contains(field) ? "${exchangeProperty.%s}".formatted(field) : value(field, flow))));
        }
        flow.service().ifPresent(service -> fields.add("\"answer\": ${bodyAs(String)}"));
        return "{" + String.join(", ", fields) + "}";
    }

    private static String field(String name, String value) {
        return "\"%s\": %s".formatted(name, name.equals("data") ? value : "\"" + value + "\"");
    }

    /** Fields that the event gives and its call would overwrite. */
    private static List<String> kept(Flow flow) {
        return flow.isNewSubject() ? List.of() : required(flow).stream().filter(field -> value(field, flow).startsWith("${body[")).toList();
    }

    /** What the event that came in has to give for a field. */
    private static String value(String field, Flow flow) {
        return switch (field) {
            case "id" -> SAME_ID;
            case "timestamp" -> "${date-with-timezone:now:UTC:yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}";
            case "type" -> flow.from();
            case "data" -> "${exchangeProperty.event}";
            case "correlation_id" -> "${exchangeProperty.correlation_id}";
            default -> "${body[" + field + "]}";
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
