package routes;

import org.springframework.boot.SpringApplication;
import routes.devservices.DevelopmentServices;

/** The application with its own PostgreSQL and NATS server: {@code ./mvnw spring-boot:test-run}. */
public class TestEkkoApplication {

    public static void main(String[] args) {
        SpringApplication.from(EkkoApplication::main).with(DevelopmentServices.class).run(args);
    }
}
