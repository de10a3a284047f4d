package routes.nats;

import java.time.Duration;

import io.nats.client.Message;

/** One message that this instance holds, from its arrival to its settlement. */
final class Delivery implements NatsManualAck {

    private final Message message;
    private volatile boolean settled;
    private volatile int timesHeld;

    Delivery(Message message) {
        this.message = message;
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
        settled = true;
        message.ack();
    }

    @Override
    public void nak() {
        settled = true;
        message.nak();
    }

    @Override
    public void nakWithDelay(Duration delay) {
        settled = true;
        message.nakWithDelay(delay);
    }

    @Override
    public void term() {
        settled = true;
        message.term();
    }

    @Override
    public void inProgress() {
        message.inProgress();
    }

    @Override
    public String toString() {
        return "%s (%s %d)".formatted(message.getSubject(), message.metaData().getStream(), message.metaData().streamSequence());
    }
}
