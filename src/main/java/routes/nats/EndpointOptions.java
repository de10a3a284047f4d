package routes.nats;

import java.time.Duration;

import io.nats.client.api.ConsumerConfiguration;

/**
 * Options of a {@code nats:} endpoint that Camel 4.17 does not have. Names, defaults and meaning of
 * {@code ackPolicy, ackWait, maxDeliver, manualAck} are those of Camel 4.18; times are in milliseconds as everywhere in
 * Camel URIs, or Camel durations such as {@code 30s}.
 */
public class EndpointOptions {

    private AckPolicy ackPolicy = AckPolicy.EXPLICIT;
    private long ackWait = 30_000;
    private long maxDeliver = 5;
    private boolean manualAck;
    private int concurrentConsumers = 1;
    private int batchSize = 50;
    private boolean batching;
    private int maxAckPending = 1_000;
    private long nakDelay = 1_000;
    private double nakDelayMultiplier = 2;
    private long maxNakDelay = 60_000;
    private double nakDelayJitter = 0.2;
    private boolean requestReply;
    private String serviceName;
    private String serviceVersion = "1.0.0";
    private String serviceDescription;

    /** When the server takes a message as acknowledged: EXPLICIT (default), ALL or NONE. */
    public AckPolicy getAckPolicy() {
        return ackPolicy;
    }

    public void setAckPolicy(AckPolicy ackPolicy) {
        this.ackPolicy = ackPolicy;
    }

    /** Milliseconds the server waits for an ack before it delivers again. Long work renews it by itself. */
    public long getAckWait() {
        return ackWait;
    }

    public void setAckWait(long ackWait) {
        this.ackWait = ackWait;
    }

    /** Deliveries after which the server gives a message up; -1 = never. */
    public long getMaxDeliver() {
        return maxDeliver;
    }

    public void setMaxDeliver(long maxDeliver) {
        this.maxDeliver = maxDeliver;
    }

    /** Whether the route settles the message itself through the header {@code CamelNatsManualAck}. */
    public boolean isManualAck() {
        return manualAck;
    }

    public void setManualAck(boolean manualAck) {
        this.manualAck = manualAck;
    }

    /**
     * Threads of this instance that messages of the consumer are worked on. 1 keeps the order of the stream where the route waits for nothing: while
     * it waits for a PubAck its thread begins the next message, and one that is tried again comes behind those that went before it.
     */
    public int getConcurrentConsumers() {
        return concurrentConsumers;
    }

    public void setConcurrentConsumers(int concurrentConsumers) {
        this.concurrentConsumers = concurrentConsumers;
    }

    /** Messages this instance holds at once, waiting or worked on. */
    public int getBatchSize() {
        return batchSize;
    }

    public void setBatchSize(int batchSize) {
        this.batchSize = batchSize;
    }

    /**
     * Whether one exchange carries all the messages that wait, as with camel-kafka: its body is the {@code List<Exchange>}
     * of them, also when there is but one. When it fails, each of its messages is tried alone and settled by its own failure.
     */
    public boolean isBatching() {
        return batching;
    }

    public void setBatching(boolean batching) {
        this.batching = batching;
    }

    /** Unacknowledged messages of the durable consumer over all instances, at which the server stops delivering. */
    public int getMaxAckPending() {
        return maxAckPending;
    }

    public void setMaxAckPending(int maxAckPending) {
        this.maxAckPending = maxAckPending;
    }

    /** Milliseconds before a failed message comes again the first time. */
    public long getNakDelay() {
        return nakDelay;
    }

    public void setNakDelay(long nakDelay) {
        this.nakDelay = nakDelay;
    }

    /** Growth of that delay from one delivery to the next. */
    public double getNakDelayMultiplier() {
        return nakDelayMultiplier;
    }

    public void setNakDelayMultiplier(double nakDelayMultiplier) {
        this.nakDelayMultiplier = nakDelayMultiplier;
    }

    /** Longest delay in milliseconds. */
    public long getMaxNakDelay() {
        return maxNakDelay;
    }

    public void setMaxNakDelay(long maxNakDelay) {
        this.maxNakDelay = maxNakDelay;
    }

    /** Part of the delay left to chance, 0 to 1. */
    public double getNakDelayJitter() {
        return nakDelayJitter;
    }

    public void setNakDelayJitter(double nakDelayJitter) {
        this.nakDelayJitter = nakDelayJitter;
    }

    /** Producer: send a core request and wait {@code requestTimeout} for its reply. Never the default, whatever the exchange pattern. */
    public boolean isRequestReply() {
        return requestReply;
    }

    public void setRequestReply(boolean requestReply) {
        this.requestReply = requestReply;
    }

    /**
     * Core consumer: be found as a NATS micro service of this name ({@code $SRV.PING|INFO|STATS}); its errors are answered
     * with the headers of that protocol. {@code concurrentConsumers} is its number of instances.
     */
    public String getServiceName() {
        return serviceName;
    }

    public void setServiceName(String serviceName) {
        this.serviceName = serviceName;
    }

    /** Semantic version of the micro service. */
    public String getServiceVersion() {
        return serviceVersion;
    }

    public void setServiceVersion(String serviceVersion) {
        this.serviceVersion = serviceVersion;
    }

    /** What the micro service does. */
    public String getServiceDescription() {
        return serviceDescription;
    }

    public void setServiceDescription(String serviceDescription) {
        this.serviceDescription = serviceDescription;
    }

    /** @return the durable consumer that these options ask for */
    ConsumerConfiguration consumer(String durable, String subject) {
        return ConsumerConfiguration.builder().durable(durable).filterSubject(subject)
                .ackPolicy(ackPolicy.jetStream()).ackWait(Duration.ofMillis(ackWait))
                .maxDeliver(maxDeliver).maxAckPending(maxAckPending).build();
    }

    RedeliveryDelay redeliveryDelay() {
        return new RedeliveryDelay(Duration.ofMillis(nakDelay), nakDelayMultiplier, Duration.ofMillis(maxNakDelay), nakDelayJitter);
    }

    /**
     * @param uri the endpoint, for the message
     * @throws IllegalArgumentException that names the first option whose value cannot be meant
     */
    void validate(String uri) {
        atLeast(uri, "ackWait", ackWait, 1);
        atLeast(uri, "concurrentConsumers", concurrentConsumers, 1);
        atLeast(uri, "batchSize", batchSize, 1);
        atLeast(uri, "maxAckPending", maxAckPending, 1);
        atLeast(uri, "nakDelay", nakDelay, 0);
        atLeast(uri, "maxNakDelay", maxNakDelay, 0);
        check(!batching || !manualAck, uri, "batching", batching, "false with manualAck");
        check(maxDeliver == -1 || maxDeliver > 0, uri, "maxDeliver", maxDeliver, "-1 or at least 1");
        check(nakDelayMultiplier >= 1, uri, "nakDelayMultiplier", nakDelayMultiplier, "at least 1");
        check(nakDelayJitter >= 0 && nakDelayJitter <= 1, uri, "nakDelayJitter", nakDelayJitter, "from 0 to 1");
    }

    private static void atLeast(String uri, String option, long value, long least) {
        check(value >= least, uri, option, value, "at least " + least);
    }

    private static void check(boolean good, String uri, String option, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException("Option %s=%s of %s: must be %s".formatted(option, value, uri, expected));
        }
    }
}
