package routes.nats;

/** When the server takes a message as acknowledged (names and meaning as in Camel 4.18 and JetStream). */
public enum AckPolicy {
    /** Each message by itself, after its exchange is complete. The only one that loses nothing. */
    EXPLICIT(io.nats.client.api.AckPolicy.Explicit),
    /** An ack takes all earlier messages along. */
    ALL(io.nats.client.api.AckPolicy.All),
    /** As soon as it is sent: a failed exchange has lost its message. */
    NONE(io.nats.client.api.AckPolicy.None);

    private final io.nats.client.api.AckPolicy jetStream;

    AckPolicy(io.nats.client.api.AckPolicy jetStream) {
        this.jetStream = jetStream;
    }

    io.nats.client.api.AckPolicy jetStream() {
        return jetStream;
    }
}
