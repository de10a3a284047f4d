package routes.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * What {@code EKKO_NATS_PROVISION=only} starts instead of the application: makes the streams and the durable consumers of
 * all roles and ends, so that instances need no right to create. No annotation of Spring's on it, or the application would
 * find it, too.
 */
@EnableConfigurationProperties(NatsProperties.class)
@Import({NatsEvents.class, ShutdownReport.class, StreamTopology.class, NatsConnection.class})
public class Provisioning {

    private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);
    /** For a server, or a cluster's election, that is still on its way. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final CountDownLatch done = new CountDownLatch(1);

    /** @return exit code of the process: 0 when all is there */
    public static int run(String[] arguments) {
        SpringApplication application = new SpringApplication(Provisioning.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (var context = application.run(arguments)) {
            return 0;
        } catch (RuntimeException e) {
            return 1; // Spring has logged it
        }
    }

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }

    /** Is told of the connection after the topology, which makes the streams. */
    @Bean
    NatsConnectedListener durables(Environment environment, StreamTopology streams) {
        RouteConsumers consumers = new RouteConsumers(RouteEndpoint.durables(), environment);
        return connection -> {
            consumers.keep(connection);
            done.countDown();
        };
    }

    @Bean
    ApplicationRunner end(StreamTopology streams) {
        return (ApplicationArguments none) -> {
            if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("Streams and consumers are not there after %d s".formatted(PATIENCE.toSeconds()));
            }
            LOG.info("Streams {} and the consumers of all roles are there", streams.streamNames());
        };
    }
}
