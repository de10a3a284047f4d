package routes.nats;

import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.NatsMessage;
import org.springframework.stereotype.Component;

/**
 * Publishes to JetStream without blocking and counts a message as sent only when its PubAck has come. A publish that
 * gets no answer (leader change, lost connection) is repeated with the same {@code Nats-Msg-Id}, which the stream
 * recognises, so a repeat can neither lose nor double.
 */
@Component
public class JetStreamPublisher {

    /** The server refuses for good: a bad request, no rights. Anything else may be different in a moment. */
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final long LOOK_MILLIS = 100;

    private final NatsConnection connection;
    private final NatsProperties properties;
    private final NatsMetrics metrics;

    private final Set<Waiting> unanswered = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watched = new AtomicBoolean();

    private Connection streamConnection;
    private JetStream jetStream;

    public JetStreamPublisher(NatsConnection connection, NatsProperties properties, NatsMetrics metrics) {
        this.connection = connection;
        this.properties = properties;
        this.metrics = metrics;
        connection.events().onPublishDenied(this::denied);
    }

    /** The server answers a denied publish to nobody's inbox: without this it would end as a time-out, after all retries. */
    private void denied(String subject) {
        unanswered.stream().filter(waiting -> waiting.subject().equals(subject)).forEach(waiting ->
                waiting.ack().completeExceptionally(new SecurityException("the NATS user of this instance may not publish there")));
    }

    /**
     * @param message the message, with its {@code Nats-Msg-Id} header set
     * @return completes with the PubAck, also when the stream knew the id ({@code isDuplicate}); completes with
     *         {@link PublishRefusedException} when all retries have failed, or at once for a message that is too large
     */
    public CompletableFuture<PublishAck> publish(NatsMessage message) {
        return publish(message, Instant.MAX);
    }

    /**
     * The same for a message that is not to be sent any more after a time, because its stream may then have forgotten an earlier
     * attempt: a process can be frozen at any place, for any time.
     */
    public CompletableFuture<PublishAck> publish(NatsMessage message, Instant notAfter) {
        return attempt(message, notAfter, 0).whenComplete((ack, failure) -> {
            if (failure == null) {
                metrics.published(message.getSubject());
            } else {
                metrics.publishFailed(message.getSubject());
            }
        });
    }

    private CompletableFuture<PublishAck> attempt(NatsMessage message, Instant notAfter, int retriesDone) {
        if (Instant.now().isAfter(notAfter)) {
            return CompletableFuture.failedFuture(new PublishRefusedException("Publish to %s comes too late, after %s".formatted(message.getSubject(), notAfter), null));
        }
        return send(message).exceptionallyCompose(failure -> {
            Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (retriesDone >= properties.publish().retries() || isFinal(cause)) {
                return CompletableFuture.failedFuture(refused(message, cause, retriesDone));
            }
            if (apiError(cause) instanceof IOException) {
                connection.checkStreams(); // it may be that there is none for this subject any more
            }
            Executor later = CompletableFuture.delayedExecutor(pause(retriesDone), TimeUnit.MILLISECONDS);
            return CompletableFuture.supplyAsync(() -> retriesDone + 1, later)
                    .thenCompose(retries -> attempt(message, notAfter, retries));
        });
    }

    private CompletableFuture<PublishAck> send(NatsMessage message) {
        Waiting waiting = new Waiting(message.getSubject(), System.nanoTime() + properties.jetstreamTimeout().toNanos(), new CompletableFuture<>());
        CompletableFuture<PublishAck> answered = waiting.ack().whenComplete((ack, failure) -> unanswered.remove(waiting));
        try {
            checkSize(message, properties.maxPayload().toBytes());
            Connection current = connection.get();
            checkSize(message, current.getMaxPayload() - headerSize(message));
            unanswered.add(waiting); // before it is sent: a denial may come back at once
            jetStream(current).publishAsync(message).whenComplete((ack, failure) -> {
                if (failure == null) {
                    waiting.ack().complete(ack);
                } else {
                    waiting.ack().completeExceptionally(failure);
                }
            });
            watchUnanswered();
        } catch (IOException | RuntimeException e) {
            waiting.ack().completeExceptionally(e);
        }
        return answered;
    }

    /** One look at all of them now and then: a timer for each message would cost more than its sending. */
    private void watchUnanswered() {
        if (watched.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS).execute(this::endOverdue);
        }
    }

    private void endOverdue() {
        watched.set(false);
        long now = System.nanoTime();
        unanswered.stream().filter(waiting -> now - waiting.until() >= 0)
                .forEach(waiting -> waiting.ack().completeExceptionally(new TimeoutException()));
        if (!unanswered.isEmpty()) {
            watchUnanswered();
        }
    }

    /**
     * @throws MessageTooLargeException when the body is above what this application or the server takes
     */
    static void checkSize(Message message, long limit) throws MessageTooLargeException {
        long body = message.getData() == null ? 0 : message.getData().length;
        if (body > limit) {
            throw new MessageTooLargeException(message.getSubject(), body, limit);
        }
    }

    /** The server counts headers as payload. */
    static int headerSize(Message message) {
        return message.getHeaders() == null ? 0 : message.getHeaders().serializedLength();
    }

    private synchronized JetStream jetStream(Connection current) throws IOException {
        if (current != streamConnection) {
            jetStream = current.jetStream();
            streamConnection = current;
        }
        return jetStream;
    }

    private long pause(int retriesDone) {
        NatsProperties.Publish publish = properties.publish();
        return Math.round(publish.backoff().toMillis() * Math.pow(publish.backoffFactor(), retriesDone));
    }

    private static boolean isFinal(Throwable cause) {
        return cause instanceof MessageTooLargeException
                || cause instanceof IllegalArgumentException
                || cause instanceof SecurityException
                || apiError(cause) instanceof JetStreamApiException api
                && (api.getErrorCode() == BAD_REQUEST || api.getErrorCode() == FORBIDDEN);
    }

    /** A message that is sent and has no PubAck yet, and until when it may have none (System.nanoTime). */
    private record Waiting(String subject, long until, CompletableFuture<PublishAck> ack) {
    }

    /** jnats wraps what the server answered in a RuntimeException. */
    private static Throwable apiError(Throwable cause) {
        return cause instanceof RuntimeException && cause.getCause() != null ? cause.getCause() : cause;
    }

    private static IOException refused(NatsMessage message, Throwable cause, int retries) {
        if (cause instanceof MessageTooLargeException tooLarge) {
            return tooLarge;
        }
        Throwable error = apiError(cause);
        String reason = error instanceof TimeoutException ? "no PubAck in time" : error.getMessage();
        return new PublishRefusedException("Publish to %s failed after %d retries: %s".formatted(message.getSubject(), retries, reason), error);
    }
}
