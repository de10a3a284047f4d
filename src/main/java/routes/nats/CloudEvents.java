package routes.nats;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

import io.nats.client.impl.Headers;
import org.springframework.stereotype.Component;

/**
 * The CloudEvents attributes of a message, in binary content mode: one {@code ce-} header each.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/nats-protocol-binding.md">NATS Protocol Binding for CloudEvents</a>
 */
@Component
public class CloudEvents {

    private static final String SPEC_VERSION = "1.0";
    private static final Pattern WILDCARDS = Pattern.compile("(\\.[*>])+$");

    private final EventProperties properties;
    private final SubjectPatterns patterns;

    public CloudEvents(EventProperties properties, SubjectPatterns patterns) {
        this.properties = properties;
        this.patterns = patterns;
    }

    /**
     * Adds the attributes, except those that the headers already have.
     *
     * @param headers headers of the message
     * @param subject its subject; gives {@code ce-type} and {@code ce-dataschema}
     * @param id      {@code ce-id}
     * @param time    {@code ce-time}
     */
    public void describe(Headers headers, String subject, String id, Instant time) {
        describe(headers, subject, id, time, 1);
    }

    /** The same for a message that keeps to another version of its schema. */
    public void describe(Headers headers, String subject, String id, Instant time, int schemaVersion) {
        String kind = kind(subject);
        put(headers, "ce-specversion", SPEC_VERSION);
        put(headers, "ce-id", id);
        put(headers, "ce-type", properties.typePrefix() + kind + ".v" + schemaVersion);
        put(headers, "ce-source", properties.source());
        put(headers, "ce-time", time.truncatedTo(ChronoUnit.MICROS).toString());
        put(headers, "ce-datacontenttype", "application/json");
        put(headers, "ce-dataschema", properties.schemaPrefix() + kind + ":v" + schemaVersion);
    }

    /** @return the subject without ids: {@code templates.match.response.<id>} is a {@code templates.match.response}, {@code dlq.x} a {@code dlq}. */
    public String kind(String subject) {
        String pattern = patterns.of(subject);
        if (pattern.equals(SubjectPatterns.OTHER)) {
            return subject;
        }
        return subject.startsWith("dlq.") ? "dlq" : WILDCARDS.matcher(pattern).replaceFirst("");
    }

    private static void put(Headers headers, String name, String value) {
        if (!headers.containsKey(name)) {
            headers.put(name, value);
        }
    }
}
