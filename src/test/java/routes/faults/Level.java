package routes.faults;

import java.io.IOException;
import java.nio.file.Path;

import routes.production.ApplicationProcess;

/**
 * What an idle instance uses.
 *
 * @param threads       live threads
 * @param heapMegabytes heap in use after a garbage collection
 */
record Level(int threads, int heapMegabytes) {

    private static final int MORE_THREADS = 30;
    private static final int MORE_MEGABYTES = 32;

    static Level of(ApplicationProcess application) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        new ProcessBuilder(jcmd.toString(), String.valueOf(application.pid()), "GC.run")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        String metrics = application.get("/actuator/prometheus").body();
        return new Level((int) sum(metrics, "jvm_threads_live_threads"), (int) (sum(metrics, "jvm_memory_used_bytes{area=\"heap\"") / (1 << 20)));
    }

    private static double sum(String metrics, String prefix) {
        return metrics.lines().filter(line -> line.startsWith(prefix))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    /** Whether this is the same level but for what caches and idle pools keep. */
    boolean isNear(Level before) {
        return threads <= before.threads + MORE_THREADS && heapMegabytes <= before.heapMegabytes + MORE_MEGABYTES;
    }
}
