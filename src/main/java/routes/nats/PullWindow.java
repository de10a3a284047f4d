package routes.nats;

import java.time.Duration;

/**
 * What the server may still send on the last pull request, which ends by itself at its expiry. One request at a time:
 * nats-server serves those of a consumer in turn, a message each, so that of several it cannot be told which of them
 * ends with how many messages unused. Not thread-safe: belongs to one fetch loop.
 */
final class PullWindow {

    private int asked;
    private int open;
    private long expiresAtNanos;

    void opened(int messages, long expiresAtNanos) {
        this.asked = messages;
        this.open = messages;
        this.expiresAtNanos = expiresAtNanos;
    }

    void received() {
        open--;
    }

    /** Nobody has heard the last request: it is over, and has brought nothing. */
    void unheard(long nowNanos) {
        open = asked;
        expiresAtNanos = nowNanos;
    }

    /** @return how long messages may still come, zero when all have come or the time is over */
    Duration left(long nowNanos) {
        return open > 0 ? Duration.ofNanos(Math.max(0, expiresAtNanos - nowNanos)) : Duration.ZERO;
    }

    /** @return whether the last request has brought nothing: once its time is over, there was nothing, or nobody to ask */
    boolean isUntouched() {
        return asked > 0 && open == asked;
    }
}
