package routes.nats;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsJetStreamMetaData;
import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.component.nats.NatsConstants;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.springframework.stereotype.Component;

import static io.nats.client.support.NatsJetStreamConstants.MSG_ID_HDR;

/** Between a Camel message and a NATS message, in both directions. */
@Component
public class MessageMapping {

    private final CloudEvents cloudEvents;

    public MessageMapping(CloudEvents cloudEvents) {
        this.cloudEvents = cloudEvents;
    }

    /**
     * @param exchange its body becomes the data (bytes, or anything Camel turns into text), its headers the headers
     * @param subject  subject of the message
     * @param filter   which headers may go out
     * @return a message with id, correlation id and CloudEvents attributes; id and correlation id also stand on the exchange
     * @throws InvalidPayloadException when the body cannot be turned into bytes
     */
    NatsMessage outgoing(Exchange exchange, String subject, HeaderFilterStrategy filter) throws InvalidPayloadException {
        Headers headers = new Headers();
        exchange.getMessage().getHeaders().forEach((name, value) -> {
            if (value != null && !filter.applyFilterToCamelHeaders(name, value, exchange) && !name.toLowerCase().startsWith("ce-")) {
                headers.put(name, HeaderText.of(value));
            }
        });
        String id = Optional.ofNullable(exchange.getMessage().removeHeader(NatsHeaders.MESSAGE_ID))
                .map(Object::toString).orElseGet(() -> UUID.randomUUID().toString());
        headers.put(MSG_ID_HDR, id);
        headers.put(NatsHeaders.CORRELATION_ID, correlationId(exchange));
        cloudEvents.describe(headers, subject, id, Instant.now(), exchange.getMessage().getHeader(NatsHeaders.SCHEMA_VERSION, 1, Integer.class));
        return NatsMessage.builder().subject(subject).headers(headers).data(data(exchange)).build();
    }

    private static byte[] data(Exchange exchange) throws InvalidPayloadException {
        byte[] bytes = exchange.getMessage().getBody(byte[].class);
        return bytes != null ? bytes : exchange.getMessage().getMandatoryBody(String.class).getBytes(StandardCharsets.UTF_8);
    }

    private static String correlationId(Exchange exchange) {
        String id = exchange.getProperty(NatsHeaders.LOG_CORRELATION_ID, String.class);
        if (id == null) {
            id = exchange.getMessage().getHeader(NatsHeaders.CORRELATION_ID, String.class);
        }
        return id != null ? HeaderText.of(id) : UUID.randomUUID().toString();
    }

    /**
     * Fills a fresh exchange from a received message: body, permitted headers, the {@code CamelNats…} headers, and the
     * properties of the log context.
     */
    void incoming(Message message, Exchange exchange, HeaderFilterStrategy filter) {
        org.apache.camel.Message in = exchange.getIn();
        in.setBody(message.getData());
        if (message.getHeaders() != null) {
            message.getHeaders().forEach((name, values) -> {
                Object value = values.size() == 1 ? values.get(0) : List.copyOf(values);
                if (!filter.applyFilterToExternalHeaders(name, value, exchange)) {
                    in.setHeader(name, value);
                }
            });
        }
        in.setHeader(NatsConstants.NATS_SUBJECT, message.getSubject());
        in.setHeader(NatsConstants.NATS_SID, message.getSID());
        String id = received(message, MSG_ID_HDR);
        if (message.isJetStream()) {
            NatsJetStreamMetaData delivery = message.metaData();
            in.setHeader(NatsHeaders.DELIVERY_COUNTER, delivery.deliveredCount());
            in.setHeader(NatsHeaders.STREAM, delivery.getStream());
            in.setHeader(NatsHeaders.STREAM_SEQUENCE, delivery.streamSequence());
            in.setHeader(NatsHeaders.CONSUMER, delivery.getConsumer());
            in.setHeader(NatsConstants.NATS_MESSAGE_TIMESTAMP, delivery.timestamp().toInstant().toEpochMilli());
            id = id != null ? id : delivery.getStream() + ":" + delivery.streamSequence();
        } else {
            in.setHeader(NatsConstants.NATS_REPLY_TO, message.getReplyTo());
            in.setHeader(NatsConstants.NATS_MESSAGE_TIMESTAMP, System.currentTimeMillis());
        }
        exchange.setProperty(NatsHeaders.ORIGINAL_BODY, message.getData());
        exchange.setProperty(NatsHeaders.LOG_SUBJECT, message.getSubject());
        exchange.setProperty(NatsHeaders.LOG_MESSAGE_ID, id);
        exchange.setProperty(NatsHeaders.LOG_CORRELATION_ID,
                Optional.ofNullable(received(message, NatsHeaders.CORRELATION_ID)).orElse(id));
    }

    private static String received(Message message, String header) {
        return message.getHeaders() == null ? null : message.getHeaders().getFirst(header);
    }
}
