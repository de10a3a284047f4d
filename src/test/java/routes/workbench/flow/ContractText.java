package routes.workbench.flow;

/** What a new flow adds to the AsyncAPI document: channel, operation and message of a new subject. */
final class ContractText {

    private static final String OPERATIONS = "\noperations:\n";
    private static final String COMPONENTS = "\ncomponents:\n";
    private static final String CHANNEL = """
              {key}:
                address: {to}
                title: {title}
                description: What {name} makes of {from}.
                messages:
                  {key}:
                    $ref: "#/components/messages/{key}"
            """;
    private static final String STREAM = """
                x-jetstream:
                  stream: {stored}
            """;
    private static final String OPERATION = """
              {operation}:
                action: send
                channel:
                  $ref: "#/channels/{key}"
                title: Publish {to}
                summary: The flow {name} tells what it has made of {from}.
                messages:
                  - $ref: "#/channels/{key}/messages/{key}"
                tags:
                  - name: {name}
            """;
    private static final String MESSAGE = """
                {key}:
                  name: {to}
                  title: {title}
                  summary: "What {name} makes of {from}"
                  traits:
                    - $ref: "#/components/messageTraits/event"
                  headers:
                    type: object
                    properties:
                      ce-type:
                        const: io.ekko.{to}.v1
                      ce-dataschema:
                        const: urn:ekko:schema:{to}:v1
                  payload:
                    $ref: ../schemas/{to}.v1.json
                  examples:
                    - name: made
                      headers:
                        ce-specversion: "1.0"
                        ce-id: {id}
                        ce-type: io.ekko.{to}.v1
                        ce-source: /ekko/alerts
                        ce-time: "2026-01-15T10:30:00.123456Z"
                        ce-datacontenttype: application/json
                        ce-dataschema: urn:ekko:schema:{to}:v1
                        X-Correlation-Id: checkout-7f3c
                        Nats-Msg-Id: {id}
                      payload:
                        id: {id}
                        timestamp: "2026-01-15T10:30:00.123Z"
                        data: {}
                        correlation_id: checkout-7f3c
            """;

    private ContractText() {
    }

    /** @param document the AsyncAPI document as it is */
    static String with(Flow flow, String document) throws RefusedException {
        int operations = document.indexOf(OPERATIONS);
        int components = document.indexOf(COMPONENTS);
        if (operations < 0 || components < operations) {
            throw new RefusedException("asyncapi/ekko.yaml does not hold channels, operations and components in this order");
        }
        String channel = CHANNEL + (flow.stored().isPresent() ? STREAM : "");
        return stripEnd(document.substring(0, operations)) + filled(channel, flow) + OPERATIONS
                + stripEnd(document.substring(operations + OPERATIONS.length(), components)) + filled(OPERATION, flow) + COMPONENTS
                + stripEnd(document.substring(components + COMPONENTS.length())) + filled(MESSAGE, flow);
    }

    private static String stripEnd(String text) {
        return text.stripTrailing() + "\n";
    }

    private static String filled(String template, Flow flow) {
        return template.replace("{key}", Flow.key(flow.to())).replace("{to}", flow.to()).replace("{from}", flow.from()).replace("{name}", flow.name())
                .replace("{operation}", "publish" + Flow.title(Flow.key(flow.to()))).replace("{title}", Flow.title(flow.to()))
                .replace("{stored}", flow.stored().orElse("")).replace("{id}", "018f7a52-6001-7000-8000-0000000000aa-" + flow.name());
    }
}
