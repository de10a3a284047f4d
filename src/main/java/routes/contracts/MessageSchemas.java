package routes.contracts;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Checks messages against the JSON Schemas under {@code schemas/}. A message names its version by {@code ce-dataschema}
 * ({@code urn:ekko:schema:alerts.created:v1}) and is checked by that version; without a name, or with a version newer than
 * any here, by the newest here: fields are only ever added, so an older reader understands a newer message.
 */
@Component
public class MessageSchemas {

    private static final Pattern VERSION = Pattern.compile(":v0*([1-9]\\d{0,8})$");
    private static final int MOST_PROBLEMS = 5;

    private record Version(String subject, int number) {
    }

    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private final Map<Version, Optional<JsonSchema>> schemas = new ConcurrentHashMap<>();
    private final Map<String, Integer> newest = new ConcurrentHashMap<>();
    private final ObjectMapper json;
    private final MeterRegistry meters;

    MessageSchemas(ObjectMapper json, MeterRegistry meters) {
        this.json = json.copy().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.meters = meters;
    }

    /**
     * @param subject    subject without ids; one that has no schema is not checked
     * @param dataSchema what the message says of its schema, or null
     * @param body       the message
     * @param direction  {@code in} or {@code out}, for the counter {@code ekko_schema_violations_total}
     * @throws JsonProcessingException  when the body is no JSON
     * @throws SchemaViolationException when it does not keep to its schema
     */
    public void check(String subject, String dataSchema, byte[] body, String direction) throws JsonProcessingException {
        int latest = newest.computeIfAbsent(subject, this::newestVersion);
        if (latest == 0) {
            return;
        }
        int version = Math.min(declared(dataSchema, latest), latest);
        JsonSchema schema = schema(subject, version).orElseThrow();
        List<String> problems;
        try {
            JsonNode message = json.readTree(new String(body, StandardCharsets.UTF_8));
            problems = schema.validate(message).stream().map(ValidationMessage::getMessage).limit(MOST_PROBLEMS).toList();
        } catch (JsonProcessingException e) {
            count(subject, direction);
            throw e;
        }
        if (!problems.isEmpty()) {
            count(subject, direction);
            throw new SchemaViolationException(subject + ".v" + version, problems);
        }
    }

    private static int declared(String dataSchema, int latest) {
        Matcher version = VERSION.matcher(dataSchema == null ? "" : dataSchema);
        return version.find() ? Integer.parseInt(version.group(1)) : latest;
    }

    private int newestVersion(String subject) {
        int version = 0;
        while (schema(subject, version + 1).isPresent()) {
            version++;
        }
        return version;
    }

    private Optional<JsonSchema> schema(String subject, int version) {
        return schemas.computeIfAbsent(new Version(subject, version), this::read);
    }

    private Optional<JsonSchema> read(Version version) {
        String file = "schemas/%s.v%d.json".formatted(version.subject(), version.number());
        return new ClassPathResource(file).exists() ? Optional.of(factory.getSchema(SchemaLocation.of("classpath:" + file))) : Optional.empty();
    }

    private void count(String subject, String direction) {
        meters.counter("ekko.schema.violations", "subject", subject, "direction", direction).increment();
    }
}
