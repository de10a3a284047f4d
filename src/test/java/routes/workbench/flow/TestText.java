package routes.workbench.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import routes.nats.SubjectPatterns;

/** The tests of a new flow, in YAML: docs/route-tests.md. They hold for the route as it is written, and grow with it. */
final class TestText {

    private static final String PUBLISH = """
              - publish:
                  subject: {subject}
                  headers: {Nats-Msg-Id: '${event}'}
                  body: '{body}'
            """;
    private static final String SETTLED = """
              - expectAck:
                  route: {name}
                  deliveries: [{deliveries}]
            """;
    private static final String RECEIVE = """
              - receive:
                  endpoint: nats:{to}
                  message:
                    headers:
                      - name: ce-dataschema
                        value: urn:ekko:schema:{to}:v1
            {answered}""";

    private static final String ANSWER = """
              - answerCall:
                  step: call-{service}-{name}
                  body: '{"said": "${event}"}'
            """;
    /** The service fails, or without one the publish does. */
    private static final String FAIL_TWICE = """
              - failStep:
                  step: publish-{name}
                  times: 2
            """;
    private static final String ANSWER_500_TWICE = """
              - answerCall:
                  step: call-{service}-{name}
                  status: 500
                  times: 2
            """ + ANSWER;
    private static final String FAIL = """
              - failStep:
                  step: publish-{name}
                  exception: java.lang.IllegalStateException
                  message: broken
            """;
    /** The message's own fault, and so no failure that opens the breaker. */
    private static final String ANSWER_422 = """
              - answerCall:
                  step: call-{service}-{name}
                  status: 422
            """;
    private static final String RECEIVE_ANSWER = """
                    body:
                      data: '{"answer": {"said": "${event}"}}'
            """;

    private static final String HAPPY = """
            name: {name}-happy
            description: A message of {from} makes one of {to}
            actions:
            {well}""" + PUBLISH + settled("ack") + RECEIVE;
    private static final String PERMANENT = """
            name: {name}-permanent-failure
            description: What is no JSON is a dead letter at once
            actions:
              - publish:
                  subject: {subject}
                  body: 'no JSON'
              - expectDeadLetter:
                  route: {name}
                  error: '@notEmpty()@'
                  attempts: 1
            """ + settled("terminated");
    private static final String RETRY = """
            name: {name}-retry
            description: A failure that passes costs two deliveries
            actions:
            {failing}""" + PUBLISH + settled("nak after 100 ms, nak after 200 ms, ack") + RECEIVE;
    private static final String DEAD_LETTER = """
            name: {name}-dead-letter
            description: What fails in every delivery is a dead letter after the last, with its error
            actions:
            {broken}""" + PUBLISH + """
              - expectDeadLetter:
                  route: {name}
                  error: '{error}'
                  attempts: 5
            """ + settled("nak after 100 ms, nak after 200 ms, nak after 400 ms, nak after 800 ms, terminated");

    private TestText() {
    }

    private static String settled(String deliveries) {
        return SETTLED.replace("{deliveries}", deliveries);
    }

    /** @return the tests by their files */
    static Map<Path, String> of(Flow flow) throws IOException {
        Map.Entry<String, String> example = example(flow);
        Path folder = flow.project().home().resolve("src/test/resources/routes").resolve(flow.name());
        Map<Path, String> tests = new LinkedHashMap<>();
        Map.of("happy", HAPPY, "permanent-failure", PERMANENT, "retry", RETRY, "dead-letter", DEAD_LETTER).forEach((test, text) ->
                tests.put(folder.resolve(test + ".citrus.it.yaml"), failures(flow, text).replace("{name}", flow.name()).replace("{from}", flow.from())
                        .replace("{to}", flow.to()).replace("{subject}", example.getKey()).replace("{body}", example.getValue().replace("'", "''"))));
        return tests;
    }

    /** What fails in the tests of a flow, and what is received after all. */
    private static String failures(Flow flow, String text) {
        boolean asks = flow.service().isPresent();
        return text.replace("{well}", asks ? ANSWER : "").replace("{failing}", asks ? ANSWER_500_TWICE : FAIL_TWICE).replace("{broken}", asks ? ANSWER_422 : FAIL)
                .replace("{error}", asks ? "@contains(422)@" : "IllegalStateException: broken").replace("{answered}", asks ? RECEIVE_ANSWER : "")
                .replace("{service}", flow.service().orElse(""));
    }

    /** A subject that the flow consumes, and the example of its message in the contract; where there is none, an empty one. */
    private static Map.Entry<String, String> example(Flow flow) throws IOException {
        JsonNode contract = new YAMLMapper().readTree(Files.readString(flow.contractFile()));
        for (JsonNode channel : contract.path("channels")) {
            String subject = channel.path("address").asText();
            if (SubjectPatterns.matches(flow.from(), subject)) {
                for (JsonNode message : channel.path("messages")) {
                    JsonNode payload = contract.at(message.path("$ref").asText().replaceFirst("^#", "")).at("/examples/0/payload");
                    if (!payload.isMissingNode()) {
                        return Map.entry(subject, payload.toString());
                    }
                }
            }
        }
        return Map.entry(flow.from().replace("*", "example").replace(">", "example"), "{}");
    }
}
