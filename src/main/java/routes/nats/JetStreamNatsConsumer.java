package routes.nats;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import io.nats.client.Message;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes from JetStream and settles each message when its exchange is complete, also when the route went on
 * asynchronously: done is an ack, failed is a nak with a growing delay. While a message is held, waiting or worked on,
 * the server is told before {@code ackWait} runs out. Suspending pauses the fetch loop and leaves the messages on the
 * server.
 */
class JetStreamNatsConsumer extends DefaultConsumer implements Suspendable, ShutdownAware, PausableConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(JetStreamNatsConsumer.class);
    private static final Duration LOOP_ENDS = Duration.ofSeconds(3);

    private final JetStreamNatsEndpoint endpoint;
    private final JetStreamNatsComponent component;
    private final EndpointOptions options;
    private final Settler settler;
    private final Hand hand = new Hand();

    private ExecutorService fetcher;
    private ExecutorService workers;
    private ScheduledExecutorService clock;
    private volatile FetchLoop loop;
    private volatile boolean paused;

    JetStreamNatsConsumer(JetStreamNatsEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.component = endpoint.component();
        this.options = endpoint.options();
        this.settler = new Settler(options, component.report(), this::keep, this::release);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ExecutorServiceManager threads = endpoint.getCamelContext().getExecutorServiceManager();
        String durable = endpoint.getConfiguration().getDurableName();
        fetcher = threads.newSingleThreadExecutor(this, "NatsFetch[" + durable + "]");
        workers = threads.newFixedThreadPool(this, "NatsConsumer[" + durable + "]", options.getConcurrentConsumers());
        clock = threads.newSingleThreadScheduledExecutor(this, "NatsInProgress[" + durable + "]");
        for (int i = 0; i < options.getConcurrentConsumers(); i++) {
            workers.execute(this::work);
        }
        long tick = Math.max(1, options.getAckWait() / 3);
        clock.scheduleAtFixedRate(hand::renew, tick, tick, TimeUnit.MILLISECONDS);
        startFetching();
    }

    private synchronized void startFetching() {
        loop = new FetchLoop(endpoint, this::room, this::receive);
        fetcher.execute(loop);
    }

    private synchronized void stopFetching() throws InterruptedException {
        if (loop != null) {
            loop.end(LOOP_ENDS);
            loop = null;
        }
        // also what is held for another try: it waits on the server as well as here
        settler.giveBack(hand.unstarted());
    }

    @Override
    protected void doSuspend() throws Exception {
        stopFetching();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        startFetching();
    }

    @Override
    protected void doStop() throws Exception {
        stopFetching();
        ExecutorServiceManager threads = endpoint.getCamelContext().getExecutorServiceManager();
        long patience = component.properties().drainTimeout().toMillis();
        threads.shutdownGraceful(fetcher, patience);
        threads.shutdownNow(clock);
        // the workers wait for messages that will not come any more
        threads.shutdownNow(workers);
        LOG.info("Stopped consuming {}: {}, {} left to the server", endpoint.getConfiguration().getDurableName(), settler, hand.size());
        super.doStop();
    }

    private int room() {
        return paused ? 0 : hand.room(options.getBatchSize());
    }

    private void receive(Message message) {
        component.metrics().received(message.getSubject());
        hand.take(new Delivery(message, component.connection()));
    }

    private void work() {
        try {
            while (true) {
                List<Delivery> deliveries = options.isBatching() ? hand.allNext() : hand.next();
                try {
                    process(deliveries);
                } catch (RuntimeException e) {
                    LOG.error("{} could not be handed to the route; it comes again after ackWait", deliveries, e);
                    deliveries.forEach(this::release);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void process(List<Delivery> deliveries) {
        if (deliveries.size() == 1) {
            processAlone(deliveries.iterator());
        } else {
            processTogether(deliveries);
        }
    }

    /** One after the other, each when the one before it is settled. */
    private void processAlone(Iterator<Delivery> deliveries) {
        Delivery delivery = deliveries.next();
        Exchange exchange = received(delivery);
        if (options.isBatching()) {
            exchange.getIn().setBody(List.of(received(delivery)));
        }
        route(exchange, List.of(delivery), took -> {
            settle(delivery, exchange, took);
            if (deliveries.hasNext()) {
                processAlone(deliveries);
            }
        });
    }

    /**
     * A batch is held as a whole where the route says so (only {@code CamelNatsStream} is set, a batch has no sequence of its own).
     * Whatever else fails in it is tried alone, so that a message pays for no other one's failure: all of them, or those that
     * {@link Batch#each} has left out.
     */
    private void processTogether(List<Delivery> deliveries) {
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOnly);
        List<Exchange> messages = deliveries.stream().map(this::received).toList();
        exchange.getIn().setBody(messages);
        exchange.getIn().setHeader(NatsHeaders.STREAM, endpoint.getConfiguration().getJetstreamName());
        route(exchange, deliveries, took -> {
            if (Settler.wanted(exchange) == Settlement.HOLD) {
                deliveries.forEach(delivery -> component.metrics().processed(delivery.message().getSubject(), took));
                settler.hold(deliveries, exchange);
                return;
            }
            List<Delivery> again = new ArrayList<>();
            for (int i = 0; i < deliveries.size(); i++) {
                if (Settler.hasFailed(exchange) || messages.get(i).getException() != null) {
                    again.add(deliveries.get(i));
                } else {
                    settle(deliveries.get(i), exchange, took);
                }
            }
            if (!again.isEmpty()) {
                LOG.debug("{} of {} messages failed together and are tried alone", again.size(), deliveries.size(), exchange.getException());
                processAlone(again.iterator());
            }
        });
    }

    private Exchange received(Delivery delivery) {
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOnly);
        component.mapping().incoming(delivery.message(), exchange, endpoint.getConfiguration().getHeaderFilterStrategy());
        exchange.getIn().setHeader(NatsHeaders.MAX_DELIVER, options.getMaxDeliver());
        if (options.isManualAck()) {
            exchange.getIn().setHeader(NatsHeaders.MANUAL_ACK, delivery);
        }
        return exchange;
    }

    private void route(Exchange exchange, List<Delivery> deliveries, LongConsumer completion) {
        long start = System.nanoTime();
        getAsyncProcessor().process(exchange, doneSync -> {
            try {
                completion.accept(System.nanoTime() - start);
            } catch (RuntimeException e) {
                LOG.error("Settling {} failed; it comes again after ackWait", deliveries, e);
                deliveries.forEach(this::release);
            } finally {
                releaseExchange(exchange, false);
            }
        });
    }

    private void settle(Delivery delivery, Exchange exchange, long nanos) {
        component.metrics().processed(delivery.message().getSubject(), nanos);
        settler.settle(delivery, exchange);
    }

    /** @return false when it is suspended or stops: then messages are better off on the server */
    private boolean keep(List<Delivery> deliveries, Duration delay) {
        if (!isRunAllowed() || loop == null) {
            return false;
        }
        hand.rest(deliveries);
        clock.schedule(() -> hand.again(deliveries), delay.toMillis(), TimeUnit.MILLISECONDS);
        return true;
    }

    @Override
    public void pauseFetching() {
        paused = true;
    }

    @Override
    public void resumeFetching() {
        paused = false;
        wakeLoop();
    }

    @Override
    public boolean isFetchingPaused() {
        return paused;
    }

    private void release(Delivery delivery) {
        hand.release(delivery);
        wakeLoop();
    }

    private void wakeLoop() {
        FetchLoop current = loop;
        if (current != null && room() > 0) {
            current.roomMade();
        }
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    /** Messages in hand: Camel waits for them at shutdown. */
    @Override
    public int getPendingExchangesSize() {
        return hand.size();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // suspending has already stopped the fetch loop
    }
}
