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

    private final JetStreamNatsEndpoint endpoint;
    private final JetStreamNatsComponent component;
    private final NatsConfiguration configuration;

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
                component.connection().ifConnected().filter(current -> current != subscribedOn).ifPresent(this::subscribe);
                Thread.sleep(CHECK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void subscribe(Connection connection) {
        Dispatcher fresh = connection.createDispatcher(message -> workers.execute(() -> receive(message)));
        fresh.setPendingLimits(component.properties().maxPending(), -1);
        if (configuration.getQueueName() == null) {
            fresh.subscribe(endpoint.subject());
        } else {
            fresh.subscribe(endpoint.subject(), configuration.getQueueName());
        }
        dispatcher = fresh;
        subscribedOn = connection;
        LOG.info("Subscribed to {} in queue group {}", endpoint.subject(), configuration.getQueueName());
    }

    private void receive(Message message) {
        component.metrics().received(message.getSubject());
        long start = System.nanoTime();
        Exchange exchange = createExchange(false);
        exchange.setPattern(message.getReplyTo() == null ? ExchangePattern.InOnly : ExchangePattern.InOut);
        component.mapping().incoming(message, exchange, configuration.getHeaderFilterStrategy());
        getAsyncProcessor().process(exchange, doneSync -> {
            component.metrics().processed(message.getSubject(), System.nanoTime() - start);
            try {
                finish(message, exchange);
            } finally {
                releaseExchange(exchange, false);
            }
        });
    }

    private void finish(Message message, Exchange exchange) {
        if (exchange.getException() != null) {
            getExceptionHandler().handleException("Message on " + message.getSubject() + " failed", exchange, exchange.getException());
        } else if (message.getReplyTo() != null && !configuration.isReplyToDisabled()) {
            reply(message, exchange);
        }
    }

    private void reply(Message message, Exchange exchange) {
        try {
            NatsMessage answer = component.mapping().outgoing(exchange, message.getReplyTo(), configuration.getHeaderFilterStrategy());
            component.connection().get().publish(answer);
            component.metrics().published(message.getReplyTo());
        } catch (Exception e) {
            getExceptionHandler().handleException("Reply to " + message.getReplyTo() + " failed", exchange, e);
        }
    }

    @Override
    protected void doStop() throws Exception {
        Dispatcher current = dispatcher;
        if (current != null && component.connection().ifConnected().isPresent()) {
            current.drain(Duration.ofSeconds(1));
        }
        dispatcher = null;
        subscribedOn = null;
        getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(keeper);
        getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(workers);
        super.doStop();
    }
}
