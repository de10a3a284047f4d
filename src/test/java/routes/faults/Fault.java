package routes.faults;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Something that goes wrong and is put right again.
 *
 * @param name   what goes wrong, as it stands in the table
 * @param strike does it; when it returns, the fault is over and everything runs again or is about to
 */
record Fault(String name, Strike strike) {

    @FunctionalInterface
    interface Strike {
        void on(Scene scene) throws Exception;
    }

    /**
     * Where a fault strikes.
     *
     * @param world  the processes and what is between them
     * @param load   the clients that go on posting
     * @param random decides moments and lengths; made from the seed
     */
    record Scene(World world, SteadyLoad load, Random random) {

        /** Lets time pass: as long as the fault lasts, or until a random moment. */
        void hold(int fromMillis, int toMillis) {
            long until = System.nanoTime() + Duration.ofMillis(random.nextInt(fromMillis, toMillis + 1)).toNanos();
            for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
