package routes.faults;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import org.awaitility.core.ConditionTimeoutException;

import static org.awaitility.Awaitility.await;

/**
 * Keeps the books: what clients were promised, against what database and streams hold. Each finding is told once, so
 * that the damage of one fault is not held against the next.
 */
final class Ledger {

    private static final int TOLD = 5;
    /** Longer than ackWait. */
    private static final Duration REDELIVERED = Duration.ofSeconds(35);

    /**
     * @param leftInQueue messages in JOBS that no consumer gets any more
     * @param evidence    a few of the alerts that were lost or doubled, each with what is wrong
     */
    record Findings(int lost, int doubled, long deadLetters, long leftInQueue, List<String> evidence) {
    }

    private record Alert(String name, String status, int version) {
    }

    private final Records world;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Sentence> promised = new HashMap<>();
    private final Map<String, Integer> created = new HashMap<>();
    private final Map<String, Integer> updated = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private long lastRead;
    private long deadLettersTold;

    Ledger(Records world) {
        this.world = world;
    }

    void promise(Map<String, Sentence> acknowledged) {
        promised.putAll(acknowledged);
    }

    /** Waits until all that was asked for up to now is settled and told of; new requests may go on coming. */
    void awaitRecovered(Duration bound) {
        world.awaitDone(Instant.now(), bound);
    }

    /**
     * Waits until nothing is underway any more: no alert pending, no event unsent, and no message that may still be delivered again.
     * A message that outlives its ackWait in the queue is one that the server has forgotten to remove; it is counted, not awaited.
     */
    void awaitSettled(Duration bound) throws Exception {
        awaitRecovered(bound);
        try (Connection nats = world.natsClient()) {
            JetStreamManagement streams = nats.jetStreamManagement();
            await().atMost(REDELIVERED).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(200)).until(() ->
                    streams.getStreamInfo("JOBS").getStreamState().getMsgCount() == 0
                            && streams.getConsumerInfo("ALERTS", "nlp-alert-created").getNumAckPending() == 0);
        } catch (ConditionTimeoutException e) {
            // findings tell what is left
        }
        // a redelivery may have changed something
        awaitRecovered(bound);
    }

    Findings findings() throws Exception {
        readStream();
        Map<String, Alert> stored = alerts();
        List<String> lost = new ArrayList<>();
        List<String> doubled = new ArrayList<>();
        promised.forEach((id, sentence) -> compare(id, sentence, stored.get(id), lost, doubled));
        Map<String, String> names = new HashMap<>();
        stored.forEach((id, alert) -> {
            String first = names.put(alert.name(), id);
            if (first != null && told.add("name " + alert.name())) {
                doubled.add("alerts %s and %s are of one Idempotency-Key".formatted(first, id));
            }
        });
        long deadLetters = messages("DLQ");
        List<String> evidence = new ArrayList<>(lost.subList(0, Math.min(TOLD, lost.size())));
        evidence.addAll(doubled.subList(0, Math.min(TOLD, doubled.size())));
        Findings findings = new Findings(lost.size(), doubled.size(), deadLetters - deadLettersTold, messages("JOBS"), evidence);
        deadLettersTold = deadLetters;
        return findings;
    }

    private void compare(String id, Sentence sentence, Alert alert, List<String> lost, List<String> doubled) {
        if (alert == null) {
            note(lost, "alert %s was answered 201 and is not in the database".formatted(id));
            return;
        }
        if (!alert.status().equals(sentence.status())) {
            note(lost, "alert %s is %s instead of %s".formatted(id, alert.status(), sentence.status()));
        }
        // version 1 is its creation; each state change afterwards adds 1 and one alerts.updated
        compare(id, "alerts.created", created.getOrDefault(id, 0), 1, lost, doubled);
        compare(id, "alerts.updated", updated.getOrDefault(id, 0), alert.version() - 1, lost, doubled);
    }

    private void compare(String id, String subject, int found, int expected, List<String> lost, List<String> doubled) {
        if (found != expected) {
            note(found < expected ? lost : doubled, "alert %s: %d %s in the stream instead of %d".formatted(id, found, subject, expected));
        }
    }

    private void note(List<String> findings, String finding) {
        if (told.add(finding)) {
            findings.add(finding);
        }
    }

    private Map<String, Alert> alerts() throws SQLException {
        Map<String, Alert> alerts = new HashMap<>();
        try (var connection = world.openDatabase(); var statement = connection.createStatement();
             ResultSet row = statement.executeQuery("SELECT id, name, status, version FROM alerts")) {
            while (row.next()) {
                alerts.put(row.getString("id"), new Alert(row.getString("name"), row.getString("status"), row.getInt("version")));
            }
        }
        return alerts;
    }

    private long messages(String stream) throws IOException, JetStreamApiException, InterruptedException {
        try (Connection nats = world.natsClient()) {
            return nats.jetStreamManagement().getStreamInfo(stream).getStreamState().getMsgCount();
        }
    }

    /** Goes on where it has ended the last time. */
    private void readStream() throws IOException, JetStreamApiException, InterruptedException {
        try (Connection nats = world.natsClient()) {
            long last = nats.jetStreamManagement().getStreamInfo("ALERTS").getStreamState().getLastSequence();
            if (last <= lastRead) {
                return;
            }
            JetStreamSubscription all = nats.jetStream().subscribe("alerts.>", PushSubscribeOptions.builder().stream("ALERTS").ordered(true)
                    .configuration(ConsumerConfiguration.builder().deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(lastRead + 1).build())
                    .build());
            while (lastRead < last) {
                Message message = all.nextMessage(Duration.ofSeconds(10));
                if (message == null) {
                    throw new IOException("the stream ALERTS ended after message %d of %d".formatted(lastRead, last));
                }
                lastRead = message.metaData().streamSequence();
                read(message);
            }
        }
    }

    private void read(Message message) throws IOException {
        JsonNode body = json.readTree(message.getData());
        String alert = body.at("/alert/id").asText();
        switch (message.getSubject()) {
            case "alerts.created" -> created.merge(alert, 1, Integer::sum);
            case "alerts.updated" -> updated.merge(alert, 1, Integer::sum);
            default -> { }
        }
    }
}
