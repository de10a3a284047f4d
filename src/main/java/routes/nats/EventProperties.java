package routes.nats;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How outgoing messages name themselves as CloudEvents.
 *
 * @param source       {@code ce-source} of every message
 * @param typePrefix   put before the subject to make {@code ce-type}
 * @param schemaPrefix put before the schema's name to make {@code ce-dataschema}; the schemas' own {@code $id} begin so
 */
@ConfigurationProperties("ekko.events")
public record EventProperties(@DefaultValue("/ekko/alerts") String source,
                              @DefaultValue("io.ekko.") String typePrefix,
                              @DefaultValue("urn:ekko:schema:") String schemaPrefix) {
}
