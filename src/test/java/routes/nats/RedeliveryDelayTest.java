package routes.nats;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RedeliveryDelayTest {

    @ParameterizedTest(name = "after delivery {4}: {5} ms")
    @CsvSource({
            // initial, multiplier, maximum, jitter, delivery, delay
            "1000, 2,   60000, 0, 1,      1000",
            "1000, 2,   60000, 0, 2,      2000",
            "1000, 2,   60000, 0, 5,     16000",
            "1000, 2,   60000, 0, 6,     32000",
            "1000, 2,   60000, 0, 7,     60000",
            "1000, 2,   60000, 0, 100000, 60000",
            "1000, 1.5, 60000, 0, 3,      2250",
            "1000, 1,   60000, 0, 9,      1000",
            "5000, 2,    3000, 0, 1,      3000",
            "   0, 2,   60000, 0, 100000,    0",
            // no delivery has the number 0, but nothing may come of it
            "1000, 2,   60000, 0, 0,      1000"})
    void growsByTheMultiplierUpToTheMaximum(long initial, double multiplier, long maximum, double jitter, long delivery, long expected) {
        assertThat(delay(initial, multiplier, maximum, jitter).after(delivery)).isEqualTo(Duration.ofMillis(expected));
    }

    @ParameterizedTest(name = "jitter {0}, delivery {1}: {2} to {3} ms")
    @CsvSource({
            "0.2, 1,   800,  1200",
            "0.2, 2,  1600,  2400",
            // the maximum is jittered too: a burst that has reached it must not come back in step
            "0.2, 20, 8000, 12000",
            "1,   1,     0,  2000"})
    void staysWithinTheJitterAndUsesAllOfIt(double jitter, long delivery, long least, long most) {
        List<Long> delays = Stream.generate(() -> delay(1000, 2, 10_000, jitter).after(delivery).toMillis()).limit(5000).toList();
        assertThat(delays).allSatisfy(delay -> assertThat(delay).isBetween(least, most));
        long tenth = (most - least) / 10;
        assertThat(delays).anyMatch(delay -> delay < least + tenth).anyMatch(delay -> delay > most - tenth);
    }

    @Test
    void spreadsABurst() {
        assertThat(Stream.generate(() -> delay(1000, 2, 60_000, 0.2).after(1)).limit(100).distinct().count()).isGreaterThan(50);
    }

    private static RedeliveryDelay delay(long initial, double multiplier, long maximum, double jitter) {
        return new RedeliveryDelay(Duration.ofMillis(initial), multiplier, Duration.ofMillis(maximum), jitter);
    }
}
