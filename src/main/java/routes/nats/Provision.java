package routes.nats;

/** Who makes streams and durable consumers. */
public enum Provision {
    /** This instance, besides its work: its user may create. */
    TRUE,
    /** Somebody else has made them: this instance only uses them. */
    FALSE,
    /** This process, which makes those of all roles and ends. */
    ONLY
}
