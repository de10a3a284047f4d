package routes;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Ekko Alerts: turns a sentence into a running blockchain alert, by Camel routes over NATS JetStream and PostgreSQL. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class EkkoApplication {

    public static void main(String[] args) {
        SpringApplication.run(EkkoApplication.class, args);
    }
}
