package routes.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

import io.nats.client.Connection;
import io.nats.client.JetStreamStatusException;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.NatsMessage;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.component.nats.NatsConfiguration;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Publishes to JetStream and completes when the PubAck has come ({@code jetstreamEnabled=true}; a batch when all have), asks a core request
 * ({@code requestReply=true}), or publishes to core NATS. Which of them is the endpoint's choice alone: an InOut
 * exchange, such as one from REST, does not turn a publish into a request.
 */
class JetStreamNatsProducer extends DefaultAsyncProducer {

    private final JetStreamNatsEndpoint endpoint;
    private final JetStreamNatsComponent component;
    private final NatsConfiguration configuration;

    JetStreamNatsProducer(JetStreamNatsEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.component = endpoint.component();
        this.configuration = endpoint.getConfiguration();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            if (configuration.isJetstreamEnabled()) {
                return store(exchange, callback);
            }
            NatsMessage message = outgoing(exchange);
            JetStreamPublisher.checkSize(message, component.properties().maxPayload().toBytes());
            Connection connection = component.connection().get();
            JetStreamPublisher.checkSize(message, connection.getMaxPayload() - JetStreamPublisher.headerSize(message));
            if (endpoint.options().isRequestReply()) {
                return request(connection, message, exchange, callback);
            }
            connection.publish(replyingTo(message));
            component.metrics().published(message.getSubject());
        } catch (IOException | InvalidPayloadException | RuntimeException e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    private NatsMessage outgoing(Exchange exchange) throws InvalidPayloadException {
        Object override = exchange.getMessage().removeHeader(NatsHeaders.OVERRIDE_SUBJECT);
        String subject = override == null ? endpoint.subject() : override.toString();
        return component.mapping().outgoing(exchange, subject, configuration.getHeaderFilterStrategy());
    }

    /** Sent without waiting in between; done when the last PubAck has come. What cannot be stored is left out, as by {@link Batch#each}. */
    private boolean store(Exchange batch, AsyncCallback callback) {
        CompletableFuture<?>[] stored = Batch.of(batch).stream().map(this::stored).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(stored).whenCompleteAsync((nothing, failure) -> {
            try {
                Batch.leaveOutFailed(batch);
            } catch (Exception e) {
                batch.setException(e);
            }
            callback.done(false);
        }, component.continuations());
        return false;
    }

    /** Never fails: the exchange has the exception. */
    private CompletableFuture<Void> stored(Exchange exchange) {
        try {
            return component.publisher().publish(outgoing(exchange)).thenAccept(ack -> stored(ack, exchange)).exceptionally(failure -> {
                exchange.setException(unwrapped(failure));
                return null;
            });
        } catch (InvalidPayloadException | RuntimeException e) {
            exchange.setException(e);
            return CompletableFuture.completedFuture(null);
        }
    }

    private static void stored(PublishAck ack, Exchange exchange) {
        org.apache.camel.Message message = exchange.getMessage();
        message.setHeader(NatsHeaders.STREAM, ack.getStream());
        message.setHeader(NatsHeaders.STREAM_SEQUENCE, ack.getSeqno());
        message.setHeader(NatsHeaders.DUPLICATE, ack.isDuplicate());
    }

    /** {@code requestWithTimeout}: Camel's own timer per request runs out of room at 1,000 requests per time-out. */
    private boolean request(Connection connection, NatsMessage message, Exchange exchange, AsyncCallback callback) {
        Duration timeout = Duration.ofMillis(configuration.getRequestTimeout());
        connection.requestWithTimeout(message, timeout).whenCompleteAsync((reply, failure) -> {
            if (failure != null) {
                exchange.setException(requestFailure(unwrapped(failure), exchange));
            } else {
                component.metrics().published(message.getSubject());
                ServiceErrorException.of(reply).ifPresentOrElse(exchange::setException, () -> exchange.getMessage().setBody(reply.getData()));
            }
            callback.done(false);
        }, component.continuations());
        return false;
    }

    private Exception requestFailure(Throwable failure, Exchange exchange) {
        component.metrics().publishFailed(endpoint.subject());
        if (failure instanceof JetStreamStatusException noResponder) {
            return new NoResponderException("No responder on " + endpoint.subject() + ": " + noResponder.getStatus().getMessageWithCode());
        }
        boolean late = failure instanceof TimeoutException || failure instanceof CancellationException;
        return late ? new ExchangeTimedOutException(exchange, configuration.getRequestTimeout()) : new IOException(failure.getMessage(), failure);
    }

    private NatsMessage replyingTo(NatsMessage message) {
        if (configuration.getReplySubject() == null) {
            return message;
        }
        return NatsMessage.builder().subject(message.getSubject()).headers(message.getHeaders())
                .data(message.getData()).replyTo(configuration.getReplySubject()).build();
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
