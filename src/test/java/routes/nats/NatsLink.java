package routes.nats;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.boot.actuate.health.Health;

/**
 * The application's connection by itself, with its health and its metrics but without Camel. Unlike {@link NatsRoom} it
 * needs no server to be there. The settings are those of {@code application.yaml}, with short times, and without its streams
 * unless {@code EKKO_NATS_PROVISION=true} is among the settings.
 */
final class NatsLink implements AutoCloseable {

    final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final NatsProperties properties;
    final StreamTopology topology;
    final NatsConnection connection;
    private final NatsHealthIndicator health;

    NatsLink(String url, String... settings) {
        List<String> all = new ArrayList<>(List.of("NATS_RECONNECT_TIME_WAIT=50ms", "NATS_CONNECTION_TIMEOUT=1s",
                "NATS_JETSTREAM_TIMEOUT=1s", "NATS_DRAIN_TIMEOUT=2s", "EKKO_NATS_PROVISION=false", "NATS_URL=" + url));
        all.addAll(List.of(settings));
        properties = ApplicationYaml.nats(all.toArray(String[]::new));
        topology = new StreamTopology(properties);
        NatsEvents events = new NatsEvents(meters);
        connection = new NatsConnection(properties, events, new ShutdownReport(), List.of(topology));
        health = new NatsHealthIndicator(connection, properties, events, topology);
    }

    NatsLink start() {
        connection.start();
        return this;
    }

    Health health() {
        return health.health();
    }

    JetStreamPublisher publisher() {
        NatsMetricsProperties none = new NatsMetricsProperties(List.of(), Duration.ZERO);
        return new JetStreamPublisher(connection, properties, new NatsMetrics(meters, new SubjectPatterns(none), none));
    }

    /** A value as Prometheus reads it; 0 for a counter that does not exist yet. */
    double metric(String nameAndLabels) {
        return meters.scrape().lines().filter(line -> line.startsWith(nameAndLabels + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(nameAndLabels.length() + 1))).sum();
    }

    double events(String event) {
        return metric("nats_connection_events_total{event=\"" + event + "\"}");
    }

    @Override
    public void close() {
        connection.stop();
    }
}
