package routes.nats;

import java.time.Duration;

import io.nats.client.Message;
import io.nats.client.impl.AckType;

/** One message that this instance holds, from its arrival to its settlement. */
final class Delivery implements NatsManualAck {

    private final Message message;
    private final NatsConnection connection;
    private volatile boolean settled;
    private volatile int timesHeld;

    Delivery(Message message, NatsConnection connection) {
        this.message = message;
        this.connection = connection;
    }

    Message message() {
        return message;
    }

    long count() {
        return message.metaData().deliveredCount();
    }

    /** @return how often it has been held and tried again here, this time included */
    int heldAgain() {
        return ++timesHeld;
    }

    boolean isSettled() {
        return settled;
    }

    @Override
    public void ack() {
        settle(AckType.AckAck.bodyBytes(0));
    }

    @Override
    public void nak() {
        settle(AckType.AckNak.bodyBytes(0));
    }

    @Override
    public void nakWithDelay(Duration delay) {
        settle(AckType.AckNak.bodyBytes(delay.toNanos()));
    }

    @Override
    public void term() {
        settle(AckType.AckTerm.bodyBytes(0));
    }

    @Override
    public void inProgress() {
        send(AckType.AckProgress.bodyBytes(0));
    }

    private void settle(byte[] acknowledgement) {
        settled = true;
        send(acknowledgement);
    }

    /** On the connection of now, not on the message's own: that may have been given up and built anew meanwhile. */
    private void send(byte[] acknowledgement) {
        try {
            connection.get().publish(message.getReplyTo(), acknowledgement);
        } catch (NatsUnavailableException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "%s (%s %d)".formatted(message.getSubject(), message.metaData().getStream(), message.metaData().streamSequence());
    }
}
