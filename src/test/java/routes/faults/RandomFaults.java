package routes.faults;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Faults drawn from a seed, for {@code -Dekko.faults.minutes}. */
class RandomFaults {

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void manyOneAfterTheOtherLoseAndDoubleNothing() throws Exception {
        System.out.println("Random faults: -Dekko.faults.seed=" + FaultSettings.SEED);
        try (Rounds rounds = new Rounds(FaultSettings.RATE, 10, 3)) {
            List<Row> rows = rounds.atRandom(SingleFaults.faults(), FaultSettings.TIME, new Random(FaultSettings.SEED));
            FaultReport.write("random faults", "seed %d, %d s".formatted(FaultSettings.SEED, FaultSettings.TIME.toSeconds()), rounds.before(), rows);
            assertThat(rows.get(rows.size() - 1).problems()).isEmpty();
        }
    }
}
