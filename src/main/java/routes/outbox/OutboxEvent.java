package routes.outbox;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import routes.nats.CloudEvents;

/** A row of the outbox. */
record OutboxEvent(long seq, String id, String subject, String payload, String correlationId, String traceparent, Instant createdAt) {

    static OutboxEvent from(ResultSet row) throws SQLException {
        return new OutboxEvent(row.getLong("seq"), row.getString("event_id"), row.getString("subject"),
                row.getString("payload"), row.getString("correlation_id"), row.getString("traceparent"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    /** The first token of the subject: events of one stream share it. */
    String domain() {
        return subject.substring(0, subject.indexOf('.'));
    }

    NatsMessage toMessage(CloudEvents cloudEvents) {
        Headers headers = cloudEvents.headers(subject, id, correlationId, createdAt);
        if (traceparent != null) {
            headers.put("traceparent", traceparent);
        }
        return NatsMessage.builder().subject(subject).headers(headers).data(payload.getBytes(StandardCharsets.UTF_8)).build();
    }
}
