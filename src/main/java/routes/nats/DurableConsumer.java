package routes.nats;

import java.io.IOException;
import java.time.Duration;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.support.NatsJetStreamConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The durable consumer of one endpoint, as the server has it: made where it is missing, looked for, asked about. */
final class DurableConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(DurableConsumer.class);

    /** While a cluster has no leader nobody answers, and the next try is what finds the new one. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final JetStreamOptions SOON = JetStreamOptions.builder().requestTimeout(PATIENCE).build();
    private static final long BEHIND_MILLIS = 1_000;
    private static final int NOT_FOUND = 404;
    private static final String INFO = NatsJetStreamConstants.DEFAULT_API_PREFIX + NatsJetStreamConstants.JSAPI_CONSUMER_INFO;

    private final String stream;
    private final String durable;
    private final ConsumerConfiguration wanted;
    private final boolean isOurs;

    /** @param endpoint stream, durable and its settings */
    DurableConsumer(JetStreamNatsEndpoint endpoint) {
        this.stream = endpoint.getConfiguration().getJetstreamName();
        this.durable = endpoint.getConfiguration().getDurableName();
        this.wanted = endpoint.options().consumer(durable, endpoint.subject());
        this.isOurs = endpoint.component().properties().provision() == Provision.TRUE;
    }

    /**
     * Makes it, or gives it the settings of the endpoint; nothing where another instance does ({@code ekko.nats.provision}).
     *
     * @throws IOException           when nobody answers
     * @throws JetStreamApiException when the server refuses it; 404 without its stream
     */
    void keep(Connection connection) throws IOException, JetStreamApiException, InterruptedException {
        if (!isOurs) {
            return;
        }
        JetStreamManagement management = connection.jetStreamManagement(SOON);
        management.addOrUpdateConsumer(stream, wanted);
        if (isPastTheEnd(management)) {
            Thread.sleep(BEHIND_MILLIS); // in a cluster one of the two may be a moment behind
            if (isPastTheEnd(management)) {
                LOG.warn("Consumer {} is past the end of stream {}, as after a server was killed that had not kept its place; it is made anew", durable, stream);
                management.deleteConsumer(stream, durable);
                management.addOrUpdateConsumer(stream, wanted);
            }
        }
    }

    /**
     * Whether the consumer has delivered more than the stream ever held. nats-server 2.9 can forget the sequence of an empty
     * work queue when it is killed; its consumer would then deliver nothing until the stream has caught up.
     */
    private boolean isPastTheEnd(JetStreamManagement management) throws IOException, JetStreamApiException {
        long delivered = management.getConsumerInfo(stream, durable).getDelivered().getStreamSequence();
        return delivered > management.getStreamInfo(stream).getStreamState().getLastSequence();
    }

    /**
     * Asks whether the server knows it. nats-server 2.9 refuses the requests that are open when a consumer is deleted, and answers none
     * that is made for it later: a request in vain is the only sign. Nobody waits for the answer; while it has no leader, there is none.
     *
     * @param gone is called when there is none, on a thread of the connection
     */
    void lookFor(Connection connection, Runnable gone) {
        try {
            connection.requestWithTimeout(INFO.formatted(stream, durable), null, PATIENCE).thenAccept(answer -> {
                if (new ConsumerInfo(answer).getErrorCode() == NOT_FOUND) {
                    gone.run();
                }
            });
        } catch (RuntimeException e) {
            // jnats: IllegalStateException on a connection that is closed, or just being closed a NullPointerException
            LOG.debug("Consumer {} was not looked for: {}", durable, e.getMessage());
        }
    }

    /**
     * To be done before a nak. One that finds only requests whose asker has gone makes nats-server 2.9 deliver the message twice,
     * once as a first delivery. Asked about the consumer, the server drops such requests.
     */
    void forgetRequests(Connection connection) {
        try {
            connection.jetStreamManagement(SOON).getConsumerInfo(stream, durable);
        } catch (JetStreamApiException | IOException | RuntimeException e) {
            LOG.debug("Requests of {} could not be ended: {}", durable, e.getMessage());
        }
    }
}
