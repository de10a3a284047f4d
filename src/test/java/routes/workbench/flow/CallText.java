package routes.workbench.flow;

import java.util.List;
import java.util.stream.Collectors;

/** What a flow that asks an HTTP service has besides: the call in a circuit breaker, and the consumer that rests while it is open. */
final class CallText {

    private static final String POLICY = """
                routePolicy: pause-while-{service}-open
            """;
    private static final String KEEP = """
                    - setProperty:
                        id: keep-{word}-{name}
                        name: {field}
                        expression:
                          simple:
                            expression: ${body[{field}]}
            """;
    /** In a step: Camel puts no error handler around a breaker that stands in the route itself. */
    private static final String CALL = """
                    - step:
                        id: ask-in-breaker-{name}
                        steps:
                          - circuitBreaker:
                              id: breaker-{name}
                              resilience4jConfiguration:
                                circuitBreaker: {service}
                                throwExceptionWhenHalfOpenOrOpenState: true
                              steps:
                                - setBody:
                                    id: send-event-{name}
                                    expression:
                                      simple:
                                        expression: ${exchangeProperty.event}
                                - to:
                                    id: call-{service}-{name}
                                    uri: http
                                    parameters:
                                      httpUri: "{{ekko.{service}.url}}"
                                      httpMethod: POST
                                      connectTimeout: 2000
                                      responseTimeout: 5000
            """;

    private CallText() {
    }

    static String policy(Flow flow) {
        return flow.service().map(service -> POLICY.replace("{service}", service)).orElse("");
    }

    /** @param kept fields of the event that are needed after the answer has taken its place */
    static String steps(Flow flow, List<String> kept) {
        return flow.service().map(service -> kept.stream().map(field -> KEEP.replace("{word}", field.replace('_', '-')).replace("{field}", field))
                .collect(Collectors.joining()) + CALL.replace("{service}", service)).orElse("");
    }
}
