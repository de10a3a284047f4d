package routes.nats;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

import io.nats.client.impl.Headers;
import org.springframework.stereotype.Component;

import static io.nats.client.support.NatsJetStreamConstants.MSG_ID_HDR;

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
     * @param subject       subject of the message
     * @param id            its id in the stream, and {@code ce-id}
     * @param correlationId any text: it may come from the body of a message
     * @param time          {@code ce-time}
     * @return the headers of a message that no route publishes: ids and attributes
     */
    public Headers headers(String subject, String id, String correlationId, Instant time) {
        Headers headers = new Headers().put(MSG_ID_HDR, id).put(NatsHeaders.CORRELATION_ID, HeaderText.of(correlationId));
        describe(headers, subject, id, time, 1);
        return headers;
    }

    /**
     * Adds the attributes, except those that the headers already have.
     *
     * @param headers headers of the message
     * @param subject its subject; gives {@code ce-type} and {@code ce-dataschema}
     * @param id      {@code ce-id}
     * @param time    {@code ce-time}
     * @param schemaVersion version of the schema that the message keeps to
     */
    void describe(Headers headers, String subject, String id, Instant time, int schemaVersion) {
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
