package routes.rest;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.fge.jsonschema.core.util.RegexECMA262Helper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.regex.RegularExpression;

/**
 * Schemas of the contract that mean the same to every validator: those of the keywords named here. Others, such as
 * {@code format}, are read differently by one validator and the next, and so have none here.
 */
final class SimpleSchemas {

    private static final Set<String> KEYWORDS = Set.of("type", "properties", "required", "additionalProperties", "minProperties",
            "minLength", "maxLength", "pattern", "enum");
    private static final Set<String> REMARKS = Set.of("description", "default", "example", "title");
    private static final Set<String> TYPES = Set.of("object", "string", "boolean");
    /** Of such texts a pattern of Java and one of ECMAScript say the same. */
    private static final Pattern PLAIN_TEXT = Pattern.compile("[ -~]*");

    private final JsonNode contract;
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4);
    private final SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
            .regularExpressionFactory(SimpleSchemas::expression).build();

    /** @param contract {@code openapi.yaml} */
    SimpleSchemas(JsonNode contract) {
        this.contract = contract;
    }

    /** What a node says, or the node that it refers to. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? contract.at(URI.create(node.get("$ref").asText()).getFragment()) : node;
    }

    /** @return none where the schema is not simple */
    Optional<JsonSchema> compiled(JsonNode schema) {
        if (!isSimple(schema)) {
            return Optional.empty();
        }
        return Optional.of(factory.getSchema(inOnePiece(schema), config));
    }

    private boolean isSimple(JsonNode schema) {
        JsonNode resolved = resolved(schema);
        return resolved.isObject() && TYPES.contains(resolved.path("type").asText()) && !resolved.path("additionalProperties").isObject()
                && resolved.properties().stream().map(Map.Entry::getKey).allMatch(key -> KEYWORDS.contains(key) || REMARKS.contains(key))
                && StreamSupport.stream(resolved.path("properties").spliterator(), false).allMatch(this::isSimple);
    }

    private ObjectNode inOnePiece(JsonNode schema) {
        ObjectNode whole = resolved(schema).deepCopy();
        whole.remove(REMARKS);
        if (whole.get("properties") instanceof ObjectNode properties) {
            properties.properties().forEach(property -> property.setValue(inOnePiece(property.getValue())));
        }
        return whole;
    }

    private static RegularExpression expression(String text) {
        Pattern pattern = Pattern.compile(text);
        return value -> PLAIN_TEXT.matcher(value).matches() ? pattern.matcher(value).find() : RegexECMA262Helper.regMatch(text, value);
    }
}
