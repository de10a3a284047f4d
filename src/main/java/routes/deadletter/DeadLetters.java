package routes.deadletter;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.JetStreamApiException;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;

/** What operators can do with dead letters: over REST (routes {@code ops/dead-letters}) and over JMX, in Hawtio. */
@Component("deadLetters")
@ConditionalOnProperty("ekko.role.ops")
@ManagedResource(objectName = "routes:type=DeadLetters", description = "Messages that were given up")
public class DeadLetters {

    private static final int PAGE = 50;

    private final DeadLetterStore store;
    private final Redrive redrive;
    private final ObjectMapper json;
    private final int maxRedrives;
    private final int ratePerSecond;

    DeadLetters(DeadLetterStore store, Redrive redrive, ObjectMapper json,
                @Value("${ekko.dead-letters.max-redrives}") int maxRedrives,
                @Value("${ekko.dead-letters.redrives-per-second}") int ratePerSecond) {
        this.store = store;
        this.redrive = redrive;
        this.json = json;
        this.maxRedrives = maxRedrives;
        this.ratePerSecond = ratePerSecond;
    }

    /** @return one page as JSON: {@code items}, and {@code next_after} to ask for the next, null on the last */
    public String list(@Header("subject") String subject, @Header("error") String error, @Header("since") String since,
                       @Header("until") String until, @Header("after") Long after, @Header("limit") Integer limit)
            throws IOException, JetStreamApiException {
        int size = limit == null ? PAGE : limit;
        List<DeadLetter> letters = store.find(filter(subject, error, since, until), after == null ? 0 : after, size + 1);
        ObjectNode page = json.createObjectNode();
        letters.stream().limit(size).forEach(letter -> page.withArray("items").add(letter.view()));
        page.withArray("items");
        page.put("next_after", letters.size() > size ? letters.get(size - 1).seq() : null);
        return json.writeValueAsString(page);
    }

    /** @return the letter as JSON, null where there is none */
    public String get(@Header("seq") long seq) throws IOException, JetStreamApiException {
        DeadLetter letter = store.find(seq).orElse(null);
        return letter == null ? null : json.writeValueAsString(letter.view());
    }

    /** @return what came of it as JSON, null where there is no such letter */
    public String redriveOne(@Header("seq") long seq, @ExchangeProperty("user_id") String user) throws IOException, JetStreamApiException {
        DeadLetter letter = store.find(seq).orElse(null);
        return letter == null ? null : json.writeValueAsString(redrive.one(letter, false, maxRedrives, user));
    }

    /**
     * @param order JSON: {@code subject, error, since, until, dry_run, limit, rate, max_redrives}, all optional
     * @return the {@link RedriveReport} as JSON
     */
    public String redriveAll(@Body JsonNode order, @ExchangeProperty("user_id") String user) throws IOException, JetStreamApiException {
        RedriveOrder asked = new RedriveOrder(
                filter(text(order, "subject"), text(order, "error"), text(order, "since"), text(order, "until")),
                order.path("dry_run").asBoolean(false), order.path("limit").asInt(1_000),
                order.path("rate").asInt(ratePerSecond), order.path("max_redrives").asInt(maxRedrives));
        return json.writeValueAsString(redrive.all(asked, user));
    }

    /** @return the sequence as text, null where there was no such letter */
    public String delete(@Header("seq") long seq, @ExchangeProperty("user_id") String user) throws IOException, JetStreamApiException {
        DeadLetter letter = store.find(seq).orElse(null);
        if (letter == null || !store.delete(letter)) {
            return null;
        }
        redrive.audit("delete", letter, user, "done", null, null);
        return String.valueOf(seq);
    }

    @ManagedAttribute(description = "How many dead letters there are, by original subject")
    public Map<String, Long> getCountBySubject() throws IOException, JetStreamApiException {
        return store.countBySubject();
    }

    @ManagedOperation(description = "Lists the dead letters of an original subject (wildcards allowed, empty for all) as JSON")
    @ManagedOperationParameter(name = "subject", description = "original subject")
    public String list(String subject) throws IOException, JetStreamApiException {
        return list(subject == null || subject.isBlank() ? null : subject, null, null, null, null, null);
    }

    @ManagedOperation(description = "Publishes one dead letter to its original subject again")
    @ManagedOperationParameter(name = "seq", description = "sequence in the stream DLQ")
    public String redrive(long seq) throws IOException, JetStreamApiException {
        return redriveOne(seq, "jmx");
    }

    @ManagedOperation(description = "Publishes all dead letters of an original subject again (wildcards allowed, empty for all)")
    @ManagedOperationParameter(name = "subject", description = "original subject")
    @ManagedOperationParameter(name = "dryRun", description = "only say what would be done")
    public String redriveAll(String subject, boolean dryRun) throws IOException, JetStreamApiException {
        ObjectNode order = json.createObjectNode().put("dry_run", dryRun);
        return redriveAll(subject == null || subject.isBlank() ? order : order.put("subject", subject), "jmx");
    }

    @ManagedOperation(description = "Deletes one dead letter")
    @ManagedOperationParameter(name = "seq", description = "sequence in the stream DLQ")
    public String delete(long seq) throws IOException, JetStreamApiException {
        return delete(seq, "jmx");
    }

    private static DeadLetterFilter filter(String subject, String error, String since, String until) {
        return new DeadLetterFilter(subject, error, instant("since", since), instant("until", until));
    }

    private static Instant instant(String field, String value) {
        try {
            return value == null ? null : Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(field + " is not a time such as 2026-01-31T12:00:00Z", e);
        }
    }

    private static String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }
}
