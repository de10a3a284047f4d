package routes;

import java.util.stream.Stream;

import org.springframework.boot.SpringApplication;
import routes.devservices.DevelopmentServices;

/** The application with its own PostgreSQL and NATS server: {@code ./mvnw spring-boot:test-run}. */
public class TestEkkoApplication {

    /** Camel's command line ({@code camel ps}, {@code camel get route}) finds it. */
    private static final String FOUND_BY_CAMEL_COMMAND = "--camel.cli.enabled=true";

    public static void main(String[] args) {
        run(args);
    }

    static SpringApplication.Running run(String... args) {
        String[] all = Stream.concat(Stream.of(FOUND_BY_CAMEL_COMMAND), Stream.of(args)).toArray(String[]::new);
        return SpringApplication.from(EkkoApplication::main).with(DevelopmentServices.class).run(all);
    }
}
