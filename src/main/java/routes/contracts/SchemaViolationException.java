package routes.contracts;

import java.util.List;

/** A message does not keep to its schema. The message names each field. Delivering it again would not help. */
public class SchemaViolationException extends IllegalArgumentException {

    public SchemaViolationException(String schema, List<String> problems) {
        super("does not keep to %s: %s".formatted(schema, String.join("; ", problems)));
    }
}
