package routes;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import routes.nats.Provisioning;

/** Ekko Alerts: turns a sentence into a running blockchain alert, by Camel routes over NATS JetStream and PostgreSQL. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class EkkoApplication {

    public static void main(String[] args) {
        if ("only".equalsIgnoreCase(System.getenv("EKKO_NATS_PROVISION"))) {
            System.exit(Provisioning.run(args));
        }
        SpringApplication.run(EkkoApplication.class, args);
    }
}
