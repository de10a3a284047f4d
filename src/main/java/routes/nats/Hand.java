package routes.nats;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The messages that a consumer has in hand: waiting for a worker, worked on, or held for another try. */
final class Hand {

    private static final Logger LOG = LoggerFactory.getLogger(Hand.class);

    private final Set<Delivery> held = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Delivery> waiting = new LinkedBlockingQueue<>();
    private final AtomicInteger resting = new AtomicInteger();

    void take(Delivery delivery) {
        held.add(delivery);
        waiting.add(delivery);
    }

    /** @return the next message to work on; waits for one */
    Delivery next() throws InterruptedException {
        return waiting.take();
    }

    /** @return all the messages that wait, in their order; waits for the first */
    List<Delivery> allNext() throws InterruptedException {
        List<Delivery> all = new ArrayList<>();
        all.add(waiting.take());
        waiting.drainTo(all);
        return all;
    }

    /** The message is held until {@link #again}. */
    void rest() {
        resting.incrementAndGet();
    }

    /** A held message is worked on once more. */
    void again(Delivery delivery) {
        resting.decrementAndGet();
        waiting.add(delivery);
    }

    void release(Delivery delivery) {
        held.remove(delivery);
    }

    int size() {
        return held.size();
    }

    /**
     * @param capacity how many messages may be in hand
     * @return how many more to ask for: none until half of what does not rest is done, since a request costs as much as a message
     */
    int room(int capacity) {
        int room = capacity - held.size();
        return 2 * room < capacity - resting.get() ? 0 : room;
    }

    /** @return the messages that no worker has begun; they are nobody's turn any more, but still in hand */
    List<Delivery> unstarted() {
        List<Delivery> unstarted = new ArrayList<>();
        waiting.drainTo(unstarted);
        return unstarted;
    }

    /** Tells the server that all of them are still in hand, so that {@code ackWait} starts anew. */
    void renew() {
        for (Delivery delivery : held) {
            try {
                if (!delivery.isSettled()) {
                    delivery.inProgress();
                }
            } catch (IllegalStateException e) {
                LOG.debug("In-progress for {} could not be sent: {}", delivery, e.getMessage());
            }
        }
    }
}
