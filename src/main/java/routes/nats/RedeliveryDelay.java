package routes.nats;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The growing, jittered pause before a failed message comes again:
 * {@code initial * multiplier^(delivery - 1)}, at most {@code maximum}, give or take {@code jitter}.
 * JetStream's own {@code BackOff} is no help: nak ignores it, and it overrides {@code ackWait}.
 *
 * @param initial    pause after the first delivery
 * @param multiplier growth for each further delivery
 * @param maximum    longest pause
 * @param jitter     part of the pause that is left to chance, 0 to 1
 */
public record RedeliveryDelay(Duration initial, double multiplier, Duration maximum, double jitter) {

    /**
     * @param delivery number of the delivery that has failed, from 1
     * @return the pause before the next one
     */
    public Duration after(long delivery) {
        double plain = Math.min(initial.toMillis() * Math.pow(multiplier, Math.max(0, delivery - 1)), maximum.toMillis());
        double chance = 1 + jitter * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        return Duration.ofMillis(Math.round(plain * chance));
    }
}
