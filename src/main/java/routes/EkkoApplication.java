package routes;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import routes.nats.Provisioning;

/** Ekko Alerts: turns a sentence into a running blockchain alert, by Camel routes over NATS JetStream and PostgreSQL. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class EkkoApplication {

    /** Profile of an application that runs requests on virtual threads. */
    public static final String VIRTUAL_THREADS = "virtual-threads";
    /** From this Java on (JEP 491) a virtual thread that waits holds no thread of the system, wherever it waits. */
    private static final int UNPINNED = 24;

    public static void main(String[] args) {
        if ("only".equalsIgnoreCase(System.getenv("EKKO_NATS_PROVISION"))) {
            System.exit(Provisioning.run(args));
        }
        SpringApplication application = new SpringApplication(EkkoApplication.class);
        if (Runtime.version().feature() >= UNPINNED) {
            application.setAdditionalProfiles(VIRTUAL_THREADS);
            // two threads for each core instead of one: when all is busy, requests, which somebody waits for, get more of the time than consumers
            System.getProperties().putIfAbsent("jdk.virtualThreadScheduler.parallelism", String.valueOf(2 * Runtime.getRuntime().availableProcessors()));
        }
        application.run(args);
    }
}
