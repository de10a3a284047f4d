package routes.nats;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PullWindowTest {

    private final PullWindow window = new PullWindow();

    @ParameterizedTest(name = "at {0}, after {1} messages: {2} open")
    @CsvSource({
            // pulls: 10 until 100, 5 until 200
            "0,   0, 15",
            "0,   3, 12",
            "0,  10,  5",
            "0,  12,  3",
            "0,  15,  0",
            "99,  0, 15",
            // the first pull ends at its expiry, with all that it had open
            "100, 0,  5",
            "150, 2,  3",
            "200, 0,  0"})
    void countsWhatTheServerMayStillSend(long now, int messages, int open) {
        window.opened(10, 100);
        window.opened(5, 200);
        for (int i = 0; i < messages; i++) {
            window.received(now);
        }
        assertThat(window.open(now)).isEqualTo(open);
    }

    @Test
    void messagesCountForTheOldestPull() {
        window.opened(10, 100);
        window.opened(5, 200);
        window.received(50);
        // that message is gone with the first pull and takes nothing from the second
        assertThat(window.open(100)).isEqualTo(5);
    }

    @Test
    void aMessageThatNobodyAskedForOpensNothing() {
        window.received(0);
        assertThat(window.open(0)).isZero();
        window.opened(2, 100);
        assertThat(window.open(0)).isEqualTo(2);
    }

    /** System.nanoTime has no fixed origin: it may wrap around. */
    @Test
    void survivesTheOverflowOfTheClock() {
        long now = Long.MAX_VALUE - 10;
        window.opened(4, now + 100);
        assertThat(window.open(now + 50)).isEqualTo(4);
        assertThat(window.open(now + 100)).isZero();
    }
}
