package routes.nats;

/** Names of the headers and exchange properties of the {@code nats:} component, beyond those of Camel's own. */
public final class NatsHeaders {

    /** How many times JetStream has delivered this message, 1 for the first (name as in Camel 4.18). */
    public static final String DELIVERY_COUNTER = "CamelNatsDeliveryCounter";
    /** The {@code maxDeliver} of the endpoint: at this count it is the last delivery. */
    public static final String MAX_DELIVER = "CamelNatsMaxDeliver";
    /** The {@link NatsManualAck} of the message, with {@code manualAck=true} (name as in Camel 4.18). */
    public static final String MANUAL_ACK = "CamelNatsManualAck";
    /** Stream the message comes from, or was stored in by a publish. */
    public static final String STREAM = "CamelNatsStream";
    /** Sequence of the message in its stream. */
    public static final String STREAM_SEQUENCE = "CamelNatsStreamSequence";
    /** Durable consumer that delivered the message. */
    public static final String CONSUMER = "CamelNatsConsumer";
    /** On publishing: the {@code Nats-Msg-Id} to send; made up where absent. */
    public static final String MESSAGE_ID = "CamelNatsMessageId";
    /** On publishing: subject to use instead of the endpoint's, for this message only (compare Kafka's OVERRIDE_TOPIC). */
    public static final String OVERRIDE_SUBJECT = "CamelNatsOverrideSubject";
    /** On publishing: version of the schema that the message keeps to, for {@code ce-type} and {@code ce-dataschema}; 1 where absent. */
    public static final String SCHEMA_VERSION = "CamelNatsSchemaVersion";
    /** After a publish: true when the stream already held this message id. */
    public static final String DUPLICATE = "CamelNatsDuplicate";
    /** Exchange property: what to tell JetStream instead of ack or nak; see {@link Settlement}. */
    public static final String SETTLEMENT = "CamelNatsSettlement";

    /** Exchange property: the body as it was received, whatever the route makes of it. */
    public static final String ORIGINAL_BODY = "CamelNatsOriginalBody";

    /** Message header that follows one request through every message, log line and event. */
    public static final String CORRELATION_ID = "X-Correlation-Id";

    /** Exchange properties that {@link routes.LogContext} puts into the log context. */
    public static final String LOG_CORRELATION_ID = "correlation_id";
    public static final String LOG_MESSAGE_ID = "message_id";
    public static final String LOG_SUBJECT = "subject";

    private NatsHeaders() {
    }
}
