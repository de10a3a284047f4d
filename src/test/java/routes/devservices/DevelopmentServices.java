package routes.devservices;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.support.DynamicPropertyRegistrarBeanInitializer;
import routes.security.Tokens;
import routes.workbench.live.LiveRoutes;

/**
 * Starts a real PostgreSQL and a real NATS server for {@code ./mvnw spring-boot:test-run}, makes secrets for tokens and for Hawtio, and tells the
 * application where they are.
 * Their data is kept between runs, under {@code target/dev} or the folder that {@code ekko.dev.data} names. What the environment already names is used instead.
 */
@TestConfiguration(proxyBeanMethods = false)
public class DevelopmentServices {

    // Not the standard ports, so that an installed PostgreSQL or NATS server is not in the way.
    private static final int POSTGRES_PORT = 15_432;
    private static final int NATS_PORT = 14_222;
    private static final int PASSWORD_LENGTH = 16;

    private static final List<String> SET_BY_A_PERSON = List.of(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);

    /** Outside of a test context nobody else asks the registrars for their properties. */
    @Bean
    static DynamicPropertyRegistrarBeanInitializer dynamicPropertyRegistrars() {
        return new DynamicPropertyRegistrarBeanInitializer();
    }

    @Bean
    Running developmentServers(ConfigurableEnvironment environment) {
        String named = environment.getProperty("ekko.dev.data");
        Path folder = named == null ? ProjectHome.target().resolve("dev") : Path.of(named);
        Optional<PostgresServer> postgres = names(environment, "spring.datasource.url") ? Optional.empty()
                : Optional.of(PostgresServer.builder().directory(folder.resolve("postgres")).preferredPort(POSTGRES_PORT).start());
        try {
            Optional<NatsServerProcess> nats = names(environment, "ekko.nats.url", "NATS_URL") ? Optional.empty()
                    : Optional.of(NatsServerProcess.builder().directory(folder.resolve("nats")).preferredPort(NATS_PORT).start());
            Optional<String> secret = names(environment, "ekko.security.jwt.secret", "ekko.security.jwt.issuer-uri", "EKKO_SECURITY_JWT_SECRET",
                    "EKKO_SECURITY_JWT_ISSUER_URI") ? Optional.empty() : Optional.of(DevelopmentSecret.in(folder.resolve("jwt-secret")));
            Optional<String> password = names(environment, "ekko.security.operator.password", "EKKO_OPERATOR_PASSWORD") ? Optional.empty()
                    : Optional.of(DevelopmentSecret.in(folder.resolve("operator-password")).substring(0, PASSWORD_LENGTH));
            Running running = new Running(postgres, nats, secret, password, environment.getProperty("server.port", "8080"));
            running.announce(System.out);
            return running;
        } catch (RuntimeException e) {
            postgres.ifPresent(PostgresServer::close);
            throw e;
        }
    }

    /** Route files that change are loaded into the running application. */
    @Bean
    CamelContextConfiguration liveRoutes() {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {
                // nothing to watch yet
            }

            @Override
            public void afterApplicationStart(CamelContext camel) {
                LiveRoutes.watch(camel, ProjectHome.path().resolve("src/main/resources/camel"));
            }
        };
    }

    @Bean
    DynamicPropertyRegistrar developmentServersSettings(Running servers) {
        return registry -> {
            servers.postgres().ifPresent(postgres -> {
                registry.add("spring.datasource.url", postgres::jdbcUrl);
                registry.add("spring.datasource.username", postgres::username);
                registry.add("spring.datasource.password", postgres::password);
            });
            servers.secret().ifPresent(secret -> registry.add("ekko.security.jwt.secret", () -> secret));
            servers.password().ifPresent(password -> registry.add("ekko.security.operator.password", () -> password));
            servers.nats().ifPresent(nats -> registry.add("ekko.nats.url", nats::url));
        };
    }

    // application.yaml has defaults for these names: they do not count.
    private static boolean names(ConfigurableEnvironment environment, String... settings) {
        return environment.getPropertySources().stream()
                .filter(source -> SET_BY_A_PERSON.contains(source.getName()))
                .anyMatch(source -> Stream.of(settings).anyMatch(source::containsProperty));
    }

    /** The servers that had to be started, and the secrets that had to be made: of tokens, and of the operator in a browser. */
    record Running(Optional<PostgresServer> postgres, Optional<NatsServerProcess> nats, Optional<String> secret, Optional<String> password,
                   String port) implements AutoCloseable {

        void announce(PrintStream out) {
            postgres.ifPresent(server -> out.printf("PostgreSQL: psql postgresql://%s:%s@%s:%d/%s%n",
                    server.username(), server.password(), Port.HOST, server.port(), server.username()));
            nats.ifPresent(server -> out.printf("NATS:       nats --server %s stream ls%n", server.url()));
            secret.ifPresent(key -> out.printf("Token:      %s%n            (user developer, scope ops, for a day; others by bin/token)%n",
                    Tokens.signedBy(key, "developer", "ops")));
            password.ifPresent(word -> out.printf("Hawtio:     http://localhost:%s/actuator/hawtio (operator, password %s)%n", port, word));
        }

        @Override
        public void close() {
            nats.ifPresent(NatsServerProcess::close);
            postgres.ifPresent(PostgresServer::close);
        }
    }
}
