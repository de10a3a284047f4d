package routes.nats;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
import org.slf4j.MDC;

/**
 * Consumes from JetStream and settles each message when its exchange is complete, also when the route went on
 * asynchronously: done is an ack, failed is a nak with a growing delay. While a message is held, waiting or worked on,
 * the server is told before {@code ackWait} runs out. Suspending pauses the fetch loop and leaves the messages on the
 * server.
 */
class JetStreamNatsConsumer extends DefaultConsumer implements Suspendable, ShutdownAware, PausableConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(JetStreamNatsConsumer.class);
    /** Short, so that work goes on soon after what was down is up again. */
    private static final Duration HELD_AT_MOST = Duration.ofSeconds(5);
    private static final Duration LOOP_ENDS = Duration.ofSeconds(3);

    private final JetStreamNatsEndpoint endpoint;
    private final JetStreamNatsComponent component;
    private final EndpointOptions options;
    private final RedeliveryDelay redeliveryDelay;
    private final RedeliveryDelay heldDelay;
    private final Hand hand = new Hand();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

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
        this.redeliveryDelay = options.redeliveryDelay();
        this.heldDelay = new RedeliveryDelay(redeliveryDelay.initial(), redeliveryDelay.multiplier(), HELD_AT_MOST, redeliveryDelay.jitter());
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
        giveBackWaiting();
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
        LOG.info("Stopped consuming {}: {} done, {} failed, {} left to the server",
                endpoint.getConfiguration().getDurableName(), done, failed, hand.size());
        super.doStop();
    }

    /** Also what is held for another try: it waits on the server as well as here. */
    private void giveBackWaiting() {
        List<Delivery> unstarted = hand.unstarted();
        unstarted.forEach(delivery -> settle(delivery, delivery::nak));
        component.report().givenBack(unstarted.size());
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
            complete(delivery, exchange, took);
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
            if (settlement(exchange) == Settlement.HOLD) {
                deliveries.forEach(delivery -> component.metrics().processed(delivery.message().getSubject(), took));
                hold(deliveries, exchange);
                return;
            }
            List<Delivery> again = new ArrayList<>();
            for (int i = 0; i < deliveries.size(); i++) {
                if (hasFailed(exchange) || messages.get(i).getException() != null) {
                    again.add(deliveries.get(i));
                } else {
                    complete(deliveries.get(i), exchange, took);
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

    private static boolean hasFailed(Exchange exchange) {
        return exchange.getException() != null || exchange.isRollbackOnly();
    }

    private void complete(Delivery delivery, Exchange exchange, long nanos) {
        component.metrics().processed(delivery.message().getSubject(), nanos);
        (hasFailed(exchange) ? failed : done).incrementAndGet();
        component.report().finished();
        if (options.isManualAck()) {
            release(delivery);
            return;
        }
        switch (settlement(exchange)) {
            case ACK -> settle(delivery, delivery::ack);
            case TERM -> settle(delivery, delivery::term);
            case HOLD -> hold(List.of(delivery), exchange);
            case NAK -> again(delivery, exchange);
        }
    }

    private static Settlement settlement(Exchange exchange) {
        return exchange.getProperty(NatsHeaders.SETTLEMENT, hasFailed(exchange) ? Settlement.NAK : Settlement.ACK, Settlement.class);
    }

    /**
     * The server gives a message up after {@code maxDeliver}, so after the last delivery it would be lost to a nak:
     * then it stays in hand instead.
     */
    private void again(Delivery delivery, Exchange exchange) {
        if (options.getMaxDeliver() > 0 && delivery.count() >= options.getMaxDeliver()) {
            hold(List.of(delivery), exchange);
            return;
        }
        Duration delay = redeliveryDelay.after(delivery.count());
        logFailure(List.of(delivery), exchange, "delivered again", delay);
        settle(delivery, () -> delivery.nakWithDelay(delay));
    }

    private void hold(List<Delivery> deliveries, Exchange exchange) {
        int timesHeld = deliveries.stream().mapToInt(Delivery::heldAgain).max().orElseThrow();
        Duration delay = heldDelay.after(timesHeld);
        logFailure(deliveries, exchange, "held and tried again", delay);
        if (isRunAllowed() && loop != null) {
            hand.rest(deliveries);
            clock.schedule(() -> hand.again(deliveries), delay.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            deliveries.forEach(delivery -> settle(delivery, delivery::nak));
        }
    }

    private void logFailure(List<Delivery> deliveries, Exchange exchange, String what, Duration delay) {
        Delivery first = deliveries.get(0);
        Exception cause = exchange.getException() != null ? exchange.getException()
                : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        try (var correlation = MDC.putCloseable(NatsHeaders.LOG_CORRELATION_ID, exchange.getProperty(NatsHeaders.LOG_CORRELATION_ID, String.class));
             var message = MDC.putCloseable(NatsHeaders.LOG_MESSAGE_ID, exchange.getProperty(NatsHeaders.LOG_MESSAGE_ID, String.class));
             var subject = MDC.putCloseable(NatsHeaders.LOG_SUBJECT, first.message().getSubject())) {
            LOG.warn("Delivery {} of {} of {}{} failed; {} in {} ms: {}", first.count(), options.getMaxDeliver(), first,
                    deliveries.size() == 1 ? "" : " and of " + (deliveries.size() - 1) + " more", what, delay.toMillis(), cause == null ? "rolled back" : cause.toString());
            LOG.debug("The failure of {}", deliveries, cause);
        }
    }

    /** A settlement that cannot be sent is no loss: the message comes again after {@code ackWait}. */
    private void settle(Delivery delivery, Runnable settlement) {
        try {
            settlement.run();
        } catch (IllegalStateException e) {
            LOG.debug("{} could not be settled: {}", delivery, e.getMessage());
        } finally {
            release(delivery);
        }
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
