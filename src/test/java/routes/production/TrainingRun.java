package routes.production;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Makes the AOT cache of the application laid out in files: a run that does what it will do in production, so that the next
 * ones begin with its classes loaded and linked (JEP 483) and with the profiles that the JIT compiler waits for (JEP 515).
 * Called by the Maven profile {@code aot}.
 */
public final class TrainingRun {

    /** Of the cache, beside the jar. */
    public static final String CACHE = "ekko-alerts.aot";
    /** The first release whose JVM keeps profiles. */
    public static final int JAVA = 25;

    /** With fewer, what is done for each alert has not been called often enough for a profile. */
    private static final int ALERTS = 10_000;
    private static final int CONNECTIONS = 16;
    private static final int READS = 500;
    /** The JVM writes the cache after the application has ended. */
    private static final Duration WRITING = Duration.ofMinutes(5);

    private TrainingRun() {
    }

    /** @param arguments the folder with {@code ekko-alerts.jar}, where the cache is put as well */
    public static void main(String[] arguments) throws Exception {
        if (Runtime.version().feature() < JAVA) {
            System.err.printf("The profile aot needs a JDK of %d or newer (JAVA_HOME); this is %s%n", JAVA, Runtime.version());
            System.exit(1);
        }
        train(Path.of(System.getProperty("java.home")), Path.of(arguments[0]), ALERTS);
        System.exit(0); // the servers have threads of their own
    }

    /**
     * @param javaHome whose JVM will use the cache: no other can
     * @param folder   where the jar is
     * @param load     how many alerts are created
     */
    public static void train(Path javaHome, Path folder, int load) throws Exception {
        Path cache = folder.resolve(CACHE);
        Files.deleteIfExists(cache);
        List<String> command = ApplicationProcess.command(javaHome, folder.resolve("ekko-alerts.jar"), "-XX:AOTCacheOutput=" + cache);
        try (ProductionServers servers = new ProductionServers(); ApplicationProcess application = servers.start(command, "training").awaitReady()) {
            System.out.printf("Training with %,d alerts: a minute or two …%n", load);
            List<String> alerts = new AlertLoad(load, CONNECTIONS, List.of(application)).awaitAll();
            for (String alert : alerts.subList(0, Math.min(READS, load))) {
                readAndChange(application, alert);
            }
            servers.awaitAllActiveAndSent(Duration.ofMinutes(2));
            System.out.println("Trained; writing the cache …");
            application.terminate(WRITING);
            if (!Files.exists(cache)) {
                throw new IOException("The JVM has written no cache:\n" + application.log());
            }
            System.out.printf("%s, %d MB%n", cache, Files.size(cache) / 1_000_000);
        }
    }

    private static void readAndChange(ApplicationProcess application, String alert) throws IOException {
        application.get("/alerts/?limit=50");
        application.get("/alerts/" + alert);
        send(application, "PATCH", "/alerts/" + alert, "{\"name\":\"Renamed\",\"nl_description\":\"Alert me when ETH gas is below 50 gwei\"}");
        send(application, "POST", "/templates/match", "{\"nl_description\":\"tell me if BTC goes over %s\"}".formatted(alert.hashCode() & 0xFFFF));
    }

    private static void send(ApplicationProcess application, String method, String path, String body) throws IOException {
        ApplicationProcess.send(application.request(path).header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build());
    }
}
