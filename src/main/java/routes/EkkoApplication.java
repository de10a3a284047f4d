package routes;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import routes.nats.Provisioning;

/** Ekko Alerts: turns a sentence into a running blockchain alert, by Camel routes over NATS JetStream and PostgreSQL. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class EkkoApplication {

    /** From this Java on (JEP 491) a virtual thread that waits holds no thread of the system, wherever it waits. */
    private static final int VIRTUAL_THREADS = 24;

    public static void main(String[] args) {
        if ("only".equalsIgnoreCase(System.getenv("EKKO_NATS_PROVISION"))) {
            System.exit(Provisioning.run(args));
        }
        SpringApplication application = new SpringApplication(EkkoApplication.class);
        if (Runtime.version().feature() >= VIRTUAL_THREADS) {
            application.setAdditionalProfiles("virtual-threads");
        }
        application.run(args);
    }
}
