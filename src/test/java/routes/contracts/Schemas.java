package routes.contracts;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;

/** The JSON Schemas of the messages, for tests. */
public final class Schemas {

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final Map<String, JsonSchema> LOADED = new ConcurrentHashMap<>();

    private Schemas() {
    }

    /**
     * @param subject a subject without ids, or the name of a schema
     * @param body    a message body
     * @return what is wrong with the body; empty when it is valid
     */
    public static List<String> problems(String subject, String body) {
        return LOADED.computeIfAbsent(subject, Schemas::load).validate(body, InputFormat.JSON,
                        context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
                .stream().map(ValidationMessage::toString).toList();
    }

    private static JsonSchema load(String subject) {
        return FACTORY.getSchema(SchemaLocation.of("classpath:schemas/" + subject + ".v1.json"));
    }
}
