package routes.production;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a cache of what the JVM learns about the application laid out in files: a run that does what it will do in production,
 * so that the next ones begin with its classes loaded. Called by the Maven profile {@code aot}.
 */
public final class TrainingRun {

    /** What the JVM can keep, by its release. */
    public enum Cache {

        /**
         * Java 25 or newer: classes, loaded and linked (JEP 483), and the profiles that the JIT compiler waits for (JEP 515). With a
         * profile it compiles a method anew as soon as it looks at it again: it looks after four times as many calls as by default,
         * or it would spend the first minute on what is called a few thousand times and never again.
         */
        AOT("ekko-alerts.aot", "-XX:AOTCacheOutput=", "-XX:AOTCache=", 10_000, "-XX:Tier2InvokeNotifyFreqLog=13", "-XX:Tier2BackedgeNotifyFreqLog=16"),
        /** Before: classes alone (JEP 350). A few alerts load them all; for profiles each step must be taken often. */
        CDS("ekko-alerts.jsa", "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=", 500);

        /** The first release whose JVM keeps profiles. */
        public static final int JAVA = 25;

        private final String file;
        private final String make;
        private final String use;
        private final int alerts;
        private final List<String> others;

        Cache(String file, String make, String use, int alerts, String... others) {
            this.file = file;
            this.make = make;
            this.use = use;
            this.alerts = alerts;
            this.others = List.of(others);
        }

        static Cache ofThisJvm() {
            return Runtime.version().feature() < JAVA ? CDS : AOT;
        }

        private List<String> options(Path folder) {
            return Stream.concat(Stream.of("\"%s%s\"".formatted(use, folder.resolve(file))), others.stream()).toList();
        }

        /** @return its name, beside the jar */
        public String file() {
            return file;
        }
    }

    /** Beside the jar, for {@code java @deploy/jvm.options @target/aot/cache.options -jar …}: the options that have the JVM use the cache. */
    public static final String OPTIONS = "cache.options";
    private static final int CONNECTIONS = 16;
    private static final int READS = 500;
    /** The JVM writes the cache after the application has ended. */
    private static final Duration WRITING = Duration.ofMinutes(5);

    private TrainingRun() {
    }

    /** @param arguments the folder with {@code ekko-alerts.jar}, where the cache is put as well */
    public static void main(String[] arguments) throws Exception {
        Cache cache = Cache.ofThisJvm();
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        train(Path.of(System.getProperty("java.home")), folder, cache, cache.alerts);
        System.exit(0); // the servers have threads of their own
    }

    /**
     * @param javaHome whose JVM will use the cache: no other can
     * @param folder   where the jar is, and where the cache and its {@link #OPTIONS} are put
     * @param cache    the one that this JVM has
     * @param load     how many alerts are created
     */
    public static void train(Path javaHome, Path folder, Cache cache, int load) throws IOException, InterruptedException {
        Path file = folder.resolve(cache.file);
        Files.deleteIfExists(file);
        List<String> command = ApplicationProcess.command(javaHome, folder.resolve("ekko-alerts.jar"), cache.make + file);
        try (ProductionServers servers = new ProductionServers(); ApplicationProcess application = servers.start(command, "training").awaitReady()) {
            System.out.printf("Training with %,d alerts: a minute or two …%n", load);
            List<String> alerts = new AlertLoad(load, CONNECTIONS, List.of(application)).awaitAll();
            for (String alert : alerts.subList(0, Math.min(READS, load))) {
                readAndChange(application, alert);
            }
            servers.awaitAllActiveAndSent(Duration.ofMinutes(2));
            System.out.println("Trained; writing the cache …");
            application.terminate(WRITING);
            if (!Files.exists(file)) {
                throw new IOException("The JVM has written no cache:\n" + application.log());
            }
            Files.write(folder.resolve(OPTIONS), cache.options(folder));
            System.out.printf("%s, %d MB%n", file, Files.size(file) / 1_000_000);
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
