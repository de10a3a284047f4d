package routes.nats;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Counts the messages that the server may still send on open pull requests. Requests are served first come, first
 * served, and each ends by itself at its expiry. Not thread-safe: belongs to one fetch loop.
 */
final class PullWindow {

    private static final class Pull {
        private final long expiresAtNanos;
        private int open;

        private Pull(int open, long expiresAtNanos) {
            this.open = open;
            this.expiresAtNanos = expiresAtNanos;
        }
    }

    private final Deque<Pull> pulls = new ArrayDeque<>();

    void opened(int messages, long expiresAtNanos) {
        pulls.add(new Pull(messages, expiresAtNanos));
    }

    void received(long nowNanos) {
        expire(nowNanos);
        Pull first = pulls.peek();
        if (first != null && --first.open == 0) {
            pulls.remove();
        }
    }

    int open(long nowNanos) {
        expire(nowNanos);
        return pulls.stream().mapToInt(pull -> pull.open).sum();
    }

    private void expire(long nowNanos) {
        while (!pulls.isEmpty() && pulls.peek().expiresAtNanos - nowNanos <= 0) {
            pulls.remove();
        }
    }
}
