package routes.nats;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Settles the messages of one consumer by what became of their exchange: done is an ack, failed is a nak with a growing
 * delay, and the route may say otherwise by {@link NatsHeaders#SETTLEMENT}.
 */
final class Settler {

    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
    /** Short, so that work goes on soon after what was down is up again. */
    private static final Duration HELD_AT_MOST = Duration.ofSeconds(5);

    private final EndpointOptions options;
    private final ShutdownReport report;
    private final BiPredicate<List<Delivery>, Duration> keep;
    private final Consumer<Delivery> release;
    private final RedeliveryDelay redeliveryDelay;
    private final RedeliveryDelay heldDelay;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    /**
     * @param options when a message comes again, and whether the route settles it itself
     * @param keep    keeps messages in hand and tries them again together after a delay; false where they cannot be kept
     * @param release takes a message out of the hand
     */
    Settler(EndpointOptions options, ShutdownReport report, BiPredicate<List<Delivery>, Duration> keep, Consumer<Delivery> release) {
        this.options = options;
        this.report = report;
        this.keep = keep;
        this.release = release;
        this.redeliveryDelay = options.redeliveryDelay();
        this.heldDelay = new RedeliveryDelay(redeliveryDelay.initial(), redeliveryDelay.multiplier(), HELD_AT_MOST, redeliveryDelay.jitter());
    }

    static boolean hasFailed(Exchange exchange) {
        return exchange.getException() != null || exchange.isRollbackOnly();
    }

    /** @return what the route wants done with the exchange's message or messages */
    static Settlement wanted(Exchange exchange) {
        return exchange.getProperty(NatsHeaders.SETTLEMENT, hasFailed(exchange) ? Settlement.NAK : Settlement.ACK, Settlement.class);
    }

    /** Settles a message at the end of its exchange, unless the route has done so by itself. */
    void settle(Delivery delivery, Exchange exchange) {
        if (options.isManualAck()) {
            finish(delivery, exchange, () -> { });
            return;
        }
        switch (wanted(exchange)) {
            case ACK -> finish(delivery, exchange, delivery::ack);
            case TERM -> finish(delivery, exchange, delivery::term);
            case HOLD -> hold(List.of(delivery), exchange);
            case NAK -> again(delivery, exchange);
        }
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
        finish(delivery, exchange, () -> delivery.nakWithDelay(delay));
    }

    /** Has messages tried again from here, together, and no delivery is used up. */
    void hold(List<Delivery> deliveries, Exchange exchange) {
        int timesHeld = deliveries.stream().mapToInt(Delivery::heldAgain).max().orElseThrow();
        Duration delay = heldDelay.after(timesHeld);
        logFailure(deliveries, exchange, "held and tried again", delay);
        if (!keep.test(deliveries, delay)) {
            giveBack(deliveries);
        }
    }

    /** Gives messages back to the server, for whoever asks next. */
    void giveBack(List<Delivery> deliveries) {
        deliveries.forEach(delivery -> send(delivery, delivery::nak));
        report.givenBack(deliveries.size());
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

    private void finish(Delivery delivery, Exchange exchange, Runnable settlement) {
        (hasFailed(exchange) ? failed : done).incrementAndGet();
        report.finished();
        send(delivery, settlement);
    }

    /** A settlement that cannot be sent is no loss: the message comes again after {@code ackWait}. */
    private void send(Delivery delivery, Runnable settlement) {
        try {
            settlement.run();
        } catch (IllegalStateException e) {
            LOG.debug("{} could not be settled: {}", delivery, e.getMessage());
        } finally {
            release.accept(delivery);
        }
    }

    /** How many were done and failed, for the log. */
    @Override
    public String toString() {
        return "%s done, %s failed".formatted(done, failed);
    }
}
