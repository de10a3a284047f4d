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
    /** Never again, and it was not done: the server stops delivering and says so in an advisory. */
    TERM
}
