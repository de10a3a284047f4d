package routes.rest;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.http.MediaType;

/**
 * Sees quickly that a request keeps to the contract, where it is an ordinary one: no query, ids that are plain UUIDs, JSON
 * whose schema is simple ({@link SimpleSchemas}). It never says that a request is wrong: of one that is, or may be, the full
 * validator finds out and tells what it is, which costs twenty times as much.
 */
final class OrdinaryRequests {

    private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{[^}]+}");

    /** @param body null where the operation takes none */
    private record Operation(Pattern path, Map<String, JsonSchema> headers, JsonSchema body) {
    }

    private final ObjectReader json = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();
    private final Map<String, Operation> operations = new HashMap<>();
    private final SimpleSchemas schemas;

    /** @param contract {@code openapi.yaml} */
    OrdinaryRequests(JsonNode contract) {
        schemas = new SimpleSchemas(contract);
        contract.get("paths").fields().forEachRemaining(path -> path.getValue().fields().forEachRemaining(operation ->
                read(path.getKey(), operation.getValue()).ifPresent(read ->
                        operations.put(key(operation.getKey().toUpperCase(), path.getKey()), read))));
    }

    private static String key(String method, String path) {
        return method + " " + path;
    }

    private Optional<Operation> read(String path, JsonNode operation) {
        Map<String, JsonSchema> headers = new HashMap<>();
        for (JsonNode each : operation.path("parameters")) {
            JsonNode parameter = schemas.resolved(each);
            Optional<JsonSchema> schema = schemas.compiled(parameter.get("schema"));
            boolean required = parameter.path("required").asBoolean();
            switch (parameter.get("in").asText()) {
                case "path":
                    if (!parameter.at("/schema/format").asText().equals("uuid")) {
                        return Optional.empty();
                    }
                    break;
                case "header":
                    if (required || schema.isEmpty()) {
                        return Optional.empty();
                    }
                    headers.put(parameter.get("name").asText(), schema.get());
                    break;
                default:
                    if (required) {
                        return Optional.empty();
                    }
            }
        }
        Pattern pattern = Pattern.compile(PATH_PARAMETER.matcher(path).replaceAll(UUID));
        if (!operation.has("requestBody")) {
            return Optional.of(new Operation(pattern, headers, null));
        }
        JsonNode content = schemas.resolved(operation.get("requestBody")).path("content");
        return schemas.compiled(content.path(MediaType.APPLICATION_JSON_VALUE).path("schema"))
                .map(body -> new Operation(pattern, headers, body));
    }

    /**
     * @param path as the contract has it
     * @param body null or empty for none
     */
    boolean include(Message request, String path, String body) {
        Operation operation = operations.get(key(request.getHeader(Exchange.HTTP_METHOD, String.class), path));
        String query = request.getHeader(Exchange.HTTP_QUERY, String.class);
        return operation != null && (query == null || query.isEmpty())
                && operation.path().matcher(request.getHeader(Exchange.HTTP_PATH, String.class)).matches()
                && operation.headers().entrySet().stream().allMatch(header -> isValid(request.getHeader(header.getKey()), header.getValue()))
                && isValid(body, request.getHeader(Exchange.CONTENT_TYPE), operation.body());
    }

    private static boolean isValid(Object header, JsonSchema schema) {
        return header == null || header instanceof String text && schema.validate(TextNode.valueOf(text)).isEmpty();
    }

    private boolean isValid(String body, Object type, JsonSchema schema) {
        if (body == null || body.isEmpty()) {
            return schema == null;
        }
        try {
            return schema != null && MediaType.APPLICATION_JSON_VALUE.equals(type) && schema.validate(json.readTree(body)).isEmpty();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
