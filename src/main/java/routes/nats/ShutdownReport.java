package routes.nats;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Counts what a shutdown does with the work in hand, for the one line that an operator looks for afterwards. */
@Component
public class ShutdownReport {

    private static final Logger LOG = LoggerFactory.getLogger(ShutdownReport.class);

    private final AtomicLong finished = new AtomicLong();
    private final AtomicLong givenBack = new AtomicLong();
    private final AtomicLong flushed = new AtomicLong();
    private volatile long begunAt;

    @EventListener(ContextClosedEvent.class)
    void begin() {
        begunAt = System.nanoTime();
    }

    /** A message that was in work when the shutdown began has come to its end. */
    void finished() {
        if (begunAt != 0) {
            finished.incrementAndGet();
        }
    }

    /** Messages that were not begun went back to the server with a nak. */
    void givenBack(int messages) {
        if (begunAt != 0) {
            givenBack.addAndGet(messages);
        }
    }

    /** Events that still waited in the outbox were sent. */
    public void flushed(int events) {
        flushed.addAndGet(events);
    }

    void write(String connection) {
        long millis = begunAt == 0 ? 0 : Duration.ofNanos(System.nanoTime() - begunAt).toMillis();
        LOG.info("Shutdown in {} ms: {} messages in flight finished, {} unstarted given back, {} outbox events flushed, {}",
                millis, finished, givenBack, flushed, connection);
    }
}
