package routes.workbench.flow;

import java.util.List;

/** The JSON Schema of a new subject: an envelope around the event that it is made of. */
final class SchemaText {

    /** What a body has, in this order. */
    static final List<String> FIELDS = List.of("id", "timestamp", "data", "correlation_id");

    private static final String TEXT = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "$id": "urn:ekko:schema:%s:v1",
              "title": "%s",
              "description": "What %s makes of %s.",
              "type": "object",
              "required": ["id", "timestamp", "data", "correlation_id"],
              "properties": {
                "id": {"description": "Id of the event; also its Nats-Msg-Id and ce-id", "type": "string", "minLength": 1},
                "timestamp": {
                  "description": "ISO 8601, UTC",
                  "type": "string",
                  "format": "date-time",
                  "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\\\.[0-9]{1,9})?Z$"
                },
                "data": {"description": "The event it was made of", "type": "object"},
                "correlation_id": {
                  "description": "X-Correlation-Id of the request that all this began with",
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 128
                }
              }
            }
            """;

    private SchemaText() {
    }

    static String of(Flow flow) {
        return TEXT.formatted(flow.to(), Flow.title(flow.to()), flow.name(), flow.from());
    }
}
