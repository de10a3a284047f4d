package routes.workbench.flow;

/** What a flow that asks an HTTP service has besides: the call in a circuit breaker, and the consumer that rests while it is open. */
final class CallText {

    private static final String POLICY = """
                routePolicy: pause-while-{service}-open
            """;
    /** In a step: Camel puts no error handler around a breaker that stands in the route itself. */
    private static final String CALL = """
                    - setProperty:
                        id: keep-event-{name}
                        name: event
                        expression:
                          simple:
                            expression: ${body}
                    - step:
                        id: ask-in-breaker-{name}
                        steps:
                          - circuitBreaker:
                              id: breaker-{name}
                              resilience4jConfiguration:
                                circuitBreaker: {service}
                                throwExceptionWhenHalfOpenOrOpenState: true
                              steps:
                                - marshal:
                                    id: write-event-{name}
                                    json:
                                      library: Jackson
                                - to:
                                    id: call-{service}-{name}
                                    uri: http
                                    parameters:
                                      httpUri: "{{ekko.{service}.url}}"
                                      httpMethod: POST
                                      connectTimeout: 2000
                                      responseTimeout: 5000
                    - unmarshal:
                        id: read-answer-{name}
                        json:
                          library: Jackson
            """;

    private CallText() {
    }

    static String policy(Flow flow) {
        return flow.service().map(service -> POLICY.replace("{service}", service)).orElse("");
    }

    /** The answer takes the place of the event, which is kept. */
    static String steps(Flow flow) {
        return flow.service().map(service -> CALL.replace("{service}", service)).orElse("");
    }
}
