package routes.devservices;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;
import routes.security.Tokens;

/**
 * For {@code @Import} on a test of the whole application: a database and a NATS server that this application context shares with
 * no other, so that contexts which the test framework keeps in its cache do not take each other's messages.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestServices {

    @Bean
    NatsServerProcess natsServer() {
        return NatsServerProcess.start();
    }

    @Bean
    DynamicPropertyRegistrar testServicesSettings(NatsServerProcess nats) {
        String database = TestServers.newDatabase();
        return registry -> {
            registry.add("spring.datasource.url", () -> database);
            registry.add("spring.datasource.username", TestServers.postgres()::username);
            registry.add("spring.datasource.password", TestServers.postgres()::password);
            registry.add("ekko.nats.url", nats::url);
            registry.add("ekko.security.jwt.secret", () -> Tokens.SECRET);
        };
    }
}
