package routes.nats;

import java.time.Duration;
import java.util.concurrent.ExecutorService;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.component.nats.NatsConfiguration;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Core NATS subscription, with {@code queueName} shared by a queue group. A request is answered with the body that the
 * route ends with. Core NATS delivers at most once: there is nothing to acknowledge.
 */
class CoreNatsConsumer extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(CoreNatsConsumer.class);
    private static final long CHECK_MILLIS = 250;
    protected static final Duration DRAIN = Duration.ofSeconds(1);

    protected final JetStreamNatsEndpoint endpoint;
    protected final JetStreamNatsComponent component;
    protected final NatsConfiguration configuration;

    private ExecutorService workers;
    private ExecutorService keeper;
    private volatile Connection subscribedOn;
    private volatile Dispatcher dispatcher;

    CoreNatsConsumer(JetStreamNatsEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.component = endpoint.component();
        this.configuration = endpoint.getConfiguration();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        workers = endpoint.createExecutor(this);
        keeper = getEndpoint().getCamelContext().getExecutorServiceManager()
                .newSingleThreadExecutor(this, "NatsSubscription[" + endpoint.subject() + "]");
        keeper.execute(this::keepSubscribed);
    }

    /** jnats subscribes again after a reconnect by itself; a connection built anew needs it from us. */
    private void keepSubscribed() {
        try {
            while (isRunAllowed()) {
                component.connection().ifConnected().filter(current -> current != subscribedOn).ifPresent(this::trySubscribe);
                Thread.sleep(CHECK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void trySubscribe(Connection connection) {
        try {
            subscribe(connection);
            subscribedOn = connection;
        } catch (RuntimeException e) {
            LOG.debug("Cannot subscribe to {} yet: {}", endpoint.subject(), e.getMessage());
        }
    }

    protected void subscribe(Connection connection) {
        Dispatcher fresh = connection.createDispatcher(message -> workers.execute(() -> receive(message)));
        fresh.setPendingLimits(component.properties().maxPending(), -1);
        if (configuration.getQueueName() == null) {
            fresh.subscribe(endpoint.subject());
        } else {
            fresh.subscribe(endpoint.subject(), configuration.getQueueName());
        }
        dispatcher = fresh;
        LOG.info("Subscribed to {} in queue group {}", endpoint.subject(), configuration.getQueueName());
    }

    private void receive(Message message) {
        Exchange exchange = exchange(message);
        long start = System.nanoTime();
        getAsyncProcessor().process(exchange, doneSync -> {
            component.metrics().processed(message.getSubject(), System.nanoTime() - start);
            try {
                finish(message, exchange);
            } finally {
                releaseExchange(exchange, false);
            }
        });
    }

    protected Exchange exchange(Message message) {
        component.metrics().received(message.getSubject());
        Exchange exchange = createExchange(false);
        exchange.setPattern(message.getReplyTo() == null ? ExchangePattern.InOnly : ExchangePattern.InOut);
        component.mapping().incoming(message, exchange, configuration.getHeaderFilterStrategy());
        return exchange;
    }

    private void finish(Message message, Exchange exchange) {
        if (exchange.getException() != null) {
            getExceptionHandler().handleException("Message on " + message.getSubject() + " failed", exchange, exchange.getException());
        } else if (message.getReplyTo() != null && !configuration.isReplyToDisabled()) {
            reply(message, exchange);
        }
    }

    protected void reply(Message message, Exchange exchange) {
        try {
            NatsMessage answer = component.mapping().outgoing(exchange, message.getReplyTo(), configuration.getHeaderFilterStrategy());
            component.connection().get().publish(answer);
            component.metrics().published(message.getReplyTo());
        } catch (Exception e) {
            getExceptionHandler().handleException("Reply to " + message.getReplyTo() + " failed", exchange, e);
        }
    }

    /** Takes no more; what has come is still worked on. */
    protected void unsubscribe() throws InterruptedException {
        Dispatcher current = dispatcher;
        if (current != null && component.connection().ifConnected().isPresent()) {
            current.drain(DRAIN);
        }
        dispatcher = null;
    }

    @Override
    protected void doStop() throws Exception {
        unsubscribe();
        subscribedOn = null;
        ExecutorServiceManager threads = getEndpoint().getCamelContext().getExecutorServiceManager();
        threads.shutdownNow(keeper);
        threads.shutdownGraceful(workers);
        super.doStop();
    }
}
