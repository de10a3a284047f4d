package routes.nats;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The messages that a consumer has in hand: waiting for a worker, worked on, or held for another try. */
final class Hand {

    private static final Logger LOG = LoggerFactory.getLogger(Hand.class);

    private final Set<Delivery> held = ConcurrentHashMap.newKeySet();
    /** In groups, so that what is held together is tried again together. */
    private final BlockingQueue<List<Delivery>> waiting = new LinkedBlockingQueue<>();
    private final Set<List<Delivery>> resting = ConcurrentHashMap.newKeySet();

    void take(Delivery delivery) {
        held.add(delivery);
        waiting.add(List.of(delivery));
    }

    /** @return what to work on next: a message, or messages that were held together; waits for it */
    List<Delivery> next() throws InterruptedException {
        return waiting.take();
    }

    /** @return all the messages that wait, in their order; waits for the first */
    List<Delivery> allNext() throws InterruptedException {
        List<Delivery> all = new ArrayList<>(waiting.take());
        all.addAll(allWaiting());
        return all;
    }

    /** The messages are held until {@link #again}. */
    void rest(List<Delivery> deliveries) {
        resting.add(deliveries);
    }

    /** Held messages are worked on once more, together, unless they have been taken out as {@link #unstarted}. */
    void again(List<Delivery> deliveries) {
        if (resting.remove(deliveries)) {
            waiting.add(deliveries);
        }
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
        return 2 * room < capacity - resting.stream().mapToInt(List::size).sum() ? 0 : room;
    }

    /** @return the messages that no worker has begun, and those held for another try; they are nobody's turn any more, but still in hand */
    List<Delivery> unstarted() {
        List<Delivery> unstarted = new ArrayList<>(allWaiting());
        for (List<Delivery> group : resting) {
            if (resting.remove(group)) {
                unstarted.addAll(group);
            }
        }
        return unstarted;
    }

    private List<Delivery> allWaiting() {
        List<List<Delivery>> groups = new ArrayList<>();
        waiting.drainTo(groups);
        return groups.stream().flatMap(List::stream).toList();
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
