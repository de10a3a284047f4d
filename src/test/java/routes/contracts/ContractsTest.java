package routes.contracts;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The contracts agree with themselves and with each other: JSON Schemas, AsyncAPI document, OpenAPI document. */
class ContractsTest {

    /** Schemas that are parts of others, not bodies of messages. */
    private static final Set<String> PARTS = Set.of("alert-spec", "alert-event");
    private static final Set<String> OPERATIONS = Set.of("createAlert", "listAlerts", "getAlert", "updateAlert", "deleteAlert",
            "enableAlert", "disableAlert", "getJob",
            "matchTemplate", "listTemplates", "listDeadLetters", "getDeadLetter", "deleteDeadLetter",
            "redriveDeadLetter", "redriveDeadLetters", "republishEvents");
    private static final String SUFFIX = ".json";
    private static final String PROBLEM = "application/problem+json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig WITH_FORMATS = SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    /** As Camel's json-validator reads them: formats are annotations only. */
    private static final SchemaValidatorsConfig WITHOUT_FORMATS = SchemaValidatorsConfig.builder().build();
    private static final JsonNode ASYNC_API = yaml("/asyncapi/ekko.yaml");

    // ---- JSON Schemas

    /** {@code <kind>.v<version>}. */
    static Stream<String> schemas() throws IOException, URISyntaxException {
        // the shipped ones only: the test class path has examples of its own
        Path folder = Path.of(Objects.requireNonNull(ContractsTest.class.getResource("/schemas/dlq.v1.json")).toURI()).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted()
                    .map(name -> name.substring(0, name.length() - SUFFIX.length())).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void schemaIsValidAndNamedByItsKindAndVersion(String name) throws IOException {
        JsonNode schema = JSON.readTree(ContractsTest.class.getResource("/schemas/" + name + SUFFIX));

        assertThat(SCHEMAS.getSchema(SchemaLocation.of(SchemaId.V202012), WITH_FORMATS).validate(schema)).isEmpty();
        assertThat(schema.path("$schema").asText()).isEqualTo(SchemaId.V202012);
        assertThat(schema.path("$id").asText()).isEqualTo("urn:ekko:schema:" + kind(name) + ":" + version(name));
        assertThat(schema.path("title").asText()).isNotBlank();
        assertThat(schema.path("description").asText()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void schemaAllowsFieldsToBeAdded(String name) throws IOException {
        JsonNode schema = JSON.readTree(ContractsTest.class.getResource("/schemas/" + name + SUFFIX));

        assertThat(schema.findValues("additionalProperties")).noneMatch(node -> node.isBoolean() && !node.asBoolean());
        assertThat(schema.findValues("unevaluatedProperties")).isEmpty();
    }

    // ---- AsyncAPI

    static Stream<Arguments> examples() {
        List<Arguments> examples = new ArrayList<>();
        ASYNC_API.at("/components/messages").fields().forEachRemaining(message -> message.getValue().path("examples")
                .forEach(example -> examples.add(Arguments.of(
                        Named.of(message.getKey() + ": " + example.path("name").asText(), message.getValue()), example))));
        return examples.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleKeepsToItsSchema(JsonNode message, JsonNode example) {
        assertThat(errors(schema(message), example.path("payload"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleHasTheHeadersOfItsKind(JsonNode message, JsonNode example) {
        String kind = kind(schema(message));
        String version = version(schema(message));
        JsonNode headers = example.path("headers");
        JsonSchema all = SCHEMAS.getSchema(ASYNC_API.at("/components/messageTraits/event/headers"), WITH_FORMATS);

        assertThat(message.at("/traits/0/$ref").asText()).isEqualTo("#/components/messageTraits/event");
        assertThat(all.validate(headers)).isEmpty();
        assertThat(SCHEMAS.getSchema(message.path("headers"), WITH_FORMATS).validate(headers)).isEmpty();
        assertThat(headers.path("ce-type").asText()).isEqualTo("io.ekko." + kind + "." + version);
        assertThat(headers.path("ce-dataschema").asText()).isEqualTo("urn:ekko:schema:" + kind + ":" + version);
        assertThat(headers.path("ce-id")).isEqualTo(headers.path("Nats-Msg-Id"));
        JsonNode payload = example.path("payload");
        if (payload.has("id")) {
            assertThat(headers.path("ce-id")).isEqualTo(payload.path("id"));
        }
        assertThat(headers.path("X-Correlation-Id")).isEqualTo(payload.path("correlation_id"));
    }

    @Test
    void everyMessageHasAnExampleAndConstantsOfItsKind() {
        ASYNC_API.at("/components/messages").forEach(message -> {
            String kind = kind(schema(message));
            String version = version(schema(message));
            assertThat(message.path("name").asText()).isEqualTo(kind);
            assertThat(message.path("examples")).as(kind).isNotEmpty();
            assertThat(message.at("/headers/properties/ce-type/const").asText()).isEqualTo("io.ekko." + kind + "." + version);
            assertThat(message.at("/headers/properties/ce-dataschema/const").asText()).isEqualTo("urn:ekko:schema:" + kind + ":" + version);
        });
    }

    @Test
    void everyChannelHasASchemaAndEverySchemaAChannel() throws Exception {
        Set<String> ofChannels = new TreeSet<>();
        ASYNC_API.path("channels").forEach(channel -> channel.path("messages").forEach(reference -> {
            String schema = schema(resolve(reference));
            ofChannels.add(schema);
            if (!channel.path("address").isNull()) {
                assertThat(channel.path("address").asText().replaceAll("\\.\\{.*", "")).isEqualTo(kind(schema));
            }
        }));

        assertThat(ofChannels).containsExactlyInAnyOrderElementsOf(
                schemas().filter(schema -> !PARTS.contains(kind(schema))).collect(Collectors.toSet()));
    }

    @Test
    void everyChannelIsUsedAndItsStreamIsDescribed() {
        Set<String> used = new HashSet<>();
        ASYNC_API.path("operations").forEach(operation -> {
            assertThat(operation.path("action").asText()).isIn("send", "receive");
            assertThat(resolve(operation.path("channel"))).isNotEmpty();
            used.add(operation.at("/channel/$ref").asText());
            used.add(operation.at("/reply/channel/$ref").asText());
        });
        ASYNC_API.path("channels").fields().forEachRemaining(channel -> {
            assertThat(used).contains("#/channels/" + channel.getKey());
            JsonNode stream = channel.getValue().at("/x-jetstream/stream");
            if (!stream.isMissingNode()) {
                assertThat(ASYNC_API.path("x-jetstream-streams").has(stream.asText())).as(stream.asText()).isTrue();
            }
        });
    }

    @Test
    void noStreamCapturesMatchRequests() {
        assertThat(ASYNC_API.at("/channels/templatesMatchRequest").has("x-jetstream")).isFalse();
        assertThat(ASYNC_API.at("/operations/answerTemplateMatch/bindings/nats/queue").asText()).isEqualTo("template-matchers");
    }

    // ---- what must not pass

    static Stream<Arguments> violations() {
        return Stream.of(
                violation("alert event without a user", "alertsCreated", body -> body.remove("user_id")),
                violation("alert without a sentence", "alertsCreated", body -> alert(body).remove("nl_description")),
                violation("timestamp that is no time", "alertsCreated", body -> body.put("timestamp", "yesterday")),
                violation("timestamp that is not UTC", "alertsCreated", body -> body.put("timestamp", "2026-01-15T10:30:00+01:00")),
                violation("id that is no UUID", "alertsUpdated", body -> alert(body).put("id", "42")),
                violation("changed alert without status", "alertsUpdated", body -> alert(body).remove("status")),
                violation("unknown status", "alertsUpdated", body -> alert(body).put("status", "sleeping")),
                violation("confidence above 1", "alertsUpdated", body -> alert(body).put("confidence", 1.5)),
                violation("enabled alert that is off", "alertsEnabled", body -> alert(body).put("enabled", false)),
                violation("disabled alert that is on", "alertsDisabled", body -> alert(body).put("enabled", true)),
                violation("deleted alert without switch", "alertsDeleted", body -> alert(body).remove("enabled")),
                violation("match that is missing", "alertsTemplateMatched", body -> body.remove("match")),
                violation("job of unknown priority", "jobsAlertCreated", body -> at(body, "/job").put("priority", "urgent")),
                violation("job without a sentence", "jobsAlertCreated", body -> at(body, "/job/payload").remove("nl_description")),
                violation("job of another type", "jobsAlertCreated", body -> at(body, "/job").put("type", "make_coffee")),
                violation("active without a spec", "jobsAlertCompleted", body -> at(body, "/result").putNull("spec")),
                violation("pending as a result", "jobsAlertCompleted", body -> at(body, "/result").put("status", "pending")),
                violation("spec with a number for an amount", "jobsAlertCompleted", body -> leaf(body).put("value", 10)),
                violation("spec that compares with nothing", "jobsAlertCompleted", body -> leaf(body).putNull("value")),
                violation("spec with an unknown comparator", "jobsAlertCompleted", body -> leaf(body).put("op", "resembles")),
                violation("range without its upper bound", "jobsAlertCompleted", body -> leaf(body).put("op", "between")),
                violation("spec with all and any", "jobsAlertCompleted",
                        body -> at(body, "/result/spec/condition").set("any", body.at("/result/spec/condition/all").deepCopy())),
                violation("request without a sentence", "templatesMatchRequest", body -> body.remove("nl_description")),
                violation("matched without a match", "templatesMatchResponse", body -> body.putArray("matches")),
                violation("threshold as text", "templatesMatchResponse", body -> at(body, "/matches/0/parameters").put("threshold", "50")),
                violation("window that is no duration", "templatesMatchResponse", body -> at(body, "/matches/0/parameters").put("window", "24h")),
                violation("dead letter without its data", "deadLetter", body -> body.remove("data")),
                violation("dead letter that was never delivered", "deadLetter", body -> body.put("attempts", 0)),
                violation("client event of a broken alert event", "clientEvent", body -> at(body, "/data").remove("alert")));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void violationIsFound(String message, Consumer<ObjectNode> damage) {
        JsonNode described = ASYNC_API.at("/components/messages/" + message);
        ObjectNode body = described.at("/examples/0/payload").deepCopy();

        damage.accept(body);

        assertThat(validate(schema(described), body, WITHOUT_FORMATS)).isNotEmpty();
    }

    @Test
    void addedFieldsAndAbsentOptionalOnesPass() {
        ObjectNode body = ASYNC_API.at("/components/messages/alertsCreated/examples/0/payload").deepCopy();
        body.put("added_later", true);
        alert(body).put("added_later", 1).remove(List.of("status", "enabled", "job_id", "spec", "confidence", "missing_info", "reason", "error"));

        assertThat(errors("alerts.created.v1", body)).isEmpty();
    }

    // ---- OpenAPI

    @Test
    void openApiIsReadWithoutMessages() {
        SwaggerParseResult result = openApi(false);

        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getOpenapi()).startsWith("3.0");
        assertThat(result.getOpenAPI().getPaths().keySet()).allSatisfy(path -> assertThat(path).doesNotEndWith("/"));
    }

    @Test
    void everyOperationIsDescribed() {
        assertThat(operations().stream().map(Operation::getOperationId)).containsExactlyInAnyOrderElementsOf(OPERATIONS);
        assertThat(operations()).allSatisfy(operation -> {
            assertThat(operation.getSummary()).isNotBlank();
            assertThat(operation.getDescription()).isNotBlank();
            assertThat(operation.getTags()).isNotEmpty();
            assertThat(operation.getParameters()).anyMatch(parameter -> parameter.getName().equals("X-Correlation-Id"));
        });
    }

    @Test
    void everyOperationSucceedsWithJsonAndFailsWithProblems() {
        assertThat(operations()).allSatisfy(operation -> {
            assertThat(operation.getResponses().keySet()).anyMatch(status -> status.startsWith("2"));
            assertThat(operation.getResponses().keySet()).contains("400", "500", "503");
            operation.getResponses().forEach((status, response) -> {
                assertThat(response.getHeaders()).as(status).containsKey("X-Correlation-Id");
                if (!status.equals("204")) {
                    assertThat(response.getContent()).as(status).containsOnlyKeys(status.startsWith("2") ? "application/json" : PROBLEM);
                }
            });
        });
    }

    /** Camel lets a path produce only the media types of the last response with a body: of any other, Accept asks in vain. */
    @Test
    void lastResponseWithABodyIsJson() {
        assertThat(operations()).allSatisfy(operation -> {
            List<ApiResponse> withBody = operation.getResponses().values().stream().filter(response -> response.getContent() != null).toList();
            if (!operation.getResponses().containsKey("204")) {
                assertThat(withBody.get(withBody.size() - 1).getContent()).containsOnlyKeys("application/json");
            }
        });
    }

    @Test
    void problemExamplesNameTheirStatus() {
        assertThat(operations()).allSatisfy(operation -> operation.getResponses().forEach((status, response) -> {
            if (!status.startsWith("2")) {
                JsonNode example = JSON.valueToTree(response.getContent().get(PROBLEM).getExample());
                assertThat(example.path("status").asText()).isEqualTo(status);
                assertThat(example.has("correlation_id")).isTrue();
            }
        }));
    }

    @Test
    void exampleOfAnActiveAlertHasAValidSpec() {
        ApiResponse found = operation("getAlert").getResponses().get("200");
        MediaType content = found.getContent().get("application/json");
        JsonNode alert = JSON.valueToTree(content.getExamples().get("active").getValue());

        assertThat(errors("alert-spec.v1", alert.path("spec"))).isEmpty();
    }

    // ---- helpers

    private static Arguments violation(String name, String message, Consumer<ObjectNode> damage) {
        return Arguments.of(Named.of(name, message), damage);
    }

    private static ObjectNode alert(ObjectNode body) {
        return at(body, "/alert");
    }

    private static ObjectNode leaf(ObjectNode body) {
        return at(body, "/result/spec/condition/all/0");
    }

    private static ObjectNode at(ObjectNode body, String pointer) {
        return (ObjectNode) body.at(pointer);
    }

    private static Set<ValidationMessage> errors(String schema, JsonNode body) {
        return validate(schema, body, WITH_FORMATS);
    }

    private static Set<ValidationMessage> validate(String schema, JsonNode body, SchemaValidatorsConfig config) {
        return SCHEMAS.getSchema(SchemaLocation.of("classpath:schemas/" + schema + SUFFIX), config).validate(body);
    }

    /** The schema that the payload of a message refers to. */
    private static String schema(JsonNode message) {
        String reference = message.at("/payload/$ref").asText();
        assertThat(reference).matches("\\.\\./schemas/.+\\.v[1-9]\\d*\\.json");
        return reference.substring("../schemas/".length(), reference.length() - SUFFIX.length());
    }

    private static String kind(String schema) {
        return schema.substring(0, schema.lastIndexOf('.'));
    }

    private static String version(String schema) {
        return schema.substring(schema.lastIndexOf('.') + 1);
    }

    private static JsonNode resolve(JsonNode reference) {
        JsonNode found = ASYNC_API.at(reference.path("$ref").asText().substring(1));
        assertThat(found.isMissingNode()).as(reference.toString()).isFalse();
        return found.has("$ref") ? resolve(found) : found;
    }

    private static JsonNode yaml(String path) {
        try (InputStream in = ContractsTest.class.getResourceAsStream(path)) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(path, e);
        }
    }

    private static SwaggerParseResult openApi(boolean resolved) {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(resolved);
        return new OpenAPIV3Parser().readLocation("static/openapi.yaml", null, options);
    }

    private static List<Operation> operations() {
        OpenAPI resolved = openApi(true).getOpenAPI();
        return resolved.getPaths().values().stream().flatMap(path -> path.readOperations().stream()).toList();
    }

    private static Operation operation(String id) {
        return operations().stream().filter(operation -> operation.getOperationId().equals(id)).findFirst().orElseThrow();
    }
}
