package routes.nats;

import java.time.Duration;

/**
 * Settles a message from within a route, with {@code manualAck=true}; header {@link NatsHeaders#MANUAL_ACK}.
 * What is never settled comes again after {@code ackWait}. Same methods as in Camel 4.22.
 */
public interface NatsManualAck {

    /** The message is done. */
    void ack();

    /** Deliver it again at once. */
    void nak();

    /** Deliver it again after {@code delay}. */
    void nakWithDelay(Duration delay);

    /** Never deliver it again. */
    void term();

    /** It takes longer: {@code ackWait} starts anew. */
    void inProgress();
}
