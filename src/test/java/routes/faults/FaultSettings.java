package routes.faults;

import java.time.Duration;
import java.util.Random;

/** What is given on the command line, as {@code -Dekko.faults.…}. */
final class FaultSettings {

    /** Posts a second. */
    static final int RATE = Integer.getInteger("ekko.faults.rate", 50);
    /** How long the random faults go on. */
    static final Duration TIME = Duration.ofSeconds((long) (60 * Double.parseDouble(System.getProperty("ekko.faults.minutes", "10"))));
    /** Decides all moments and lengths. */
    static final long SEED = Long.getLong("ekko.faults.seed", new Random().nextInt(1_000_000));
    /** Expression for the names of the faults to try; all without it. */
    static final String ONLY = System.getProperty("ekko.faults.only", "");

    private FaultSettings() {
    }
}
