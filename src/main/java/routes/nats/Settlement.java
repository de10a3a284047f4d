package routes.nats;

/**
 * How a JetStream message is settled.
 *
 * @see <a href="https://docs.nats.io/nats-concepts/jetstream/consumers#acknowledgment-models">JetStream acknowledgment</a>
 */
public enum Settlement {
    /** Done: the server forgets it for this consumer. */
    ACK,
    /** Not now: deliver it again after a delay. */
    NAK,
    /**
     * Not now, and not the message's fault: something it needs is down. It stays in hand, the server is kept waiting, and
     * it is tried again from here, so that no delivery is used up for as long as the route runs; what it has in
     * hand when it stops goes back to the server, and comes again as its next delivery. As no more is fetched than fits into the hand, a
     * consumer whose messages are all held has paused by itself.
     */
    HOLD,
    /** Never again, and it was not done: the server stops delivering and says so in an advisory. */
    TERM
}
