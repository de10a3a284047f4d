package routes.nats;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PullWindowTest {

    private final PullWindow window = new PullWindow();

    @ParameterizedTest(name = "at {0}, after {1} messages: {2} ns left")
    @CsvSource({
            // 10 until 100
            "0,   0, 100",
            "30,  9,  70",
            "30, 10,   0",
            // of a request before it, more than it had open
            "30, 11,   0",
            "100, 0,   0",
            "150, 0,   0"})
    void messagesMayComeUntilAllAreThereOrTheTimeIsOver(long now, int messages, long left) {
        window.opened(10, 100);
        for (int i = 0; i < messages; i++) {
            window.received();
        }
        assertThat(window.left(now)).isEqualTo(Duration.ofNanos(left));
    }

    @Test
    void beforeTheFirstRequestNothingComes() {
        assertThat(window.left(0)).isZero();
    }

    @Test
    void isUntouchedUntilTheFirstMessage() {
        assertThat(window.isUntouched()).as("before the first request").isFalse();
        window.opened(2, 100);
        assertThat(window.isUntouched()).isTrue();
        window.received();
        assertThat(window.isUntouched()).isFalse();
        window.opened(2, 200);
        assertThat(window.isUntouched()).as("the next request").isTrue();
    }

    @Test
    void nothingComesOfARequestThatNobodyHeard() {
        window.opened(2, 100);
        window.received(); // of the one before it
        window.unheard(10);
        assertThat(window.left(10)).isZero();
        assertThat(window.isUntouched()).isTrue();
    }

    /** System.nanoTime has no fixed origin: it may wrap around. */
    @Test
    void survivesTheOverflowOfTheClock() {
        long now = Long.MAX_VALUE - 10;
        window.opened(4, now + 100);
        assertThat(window.left(now + 50)).isEqualTo(Duration.ofNanos(50));
        assertThat(window.left(now + 100)).isZero();
    }
}
