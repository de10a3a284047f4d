package routes.nats;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * The nats room by itself, on a real server: the component in a plain Camel context, and a plain client beside it to
 * look from outside. Each room has a stream of its own, so tests do not meet.
 */
final class NatsRoom implements AutoCloseable {

    final String stream = "T" + UUID.randomUUID().toString().substring(0, 8);
    final String subject = stream.toLowerCase() + ".things";
    final MeterRegistry meters = new SimpleMeterRegistry();
    final CamelContext camel = new DefaultCamelContext();
    final NatsConnection connection;
    final JetStreamPublisher publisher;
    final Connection client;

    NatsRoom(String url, String... settings) throws Exception {
        Map<String, Object> values = new HashMap<>(Map.of(
                "ekko.nats.url", url, "ekko.nats.reconnect-time-wait", "100ms", "ekko.nats.jetstream-timeout", "1s",
                "ekko.nats.publish.backoff", "50ms", "ekko.nats.metrics.subjects[0]", subject));
        for (String setting : settings) {
            String[] pair = setting.split("=", 2);
            values.put(pair[0], pair[1]);
        }
        Binder binder = new Binder(new MapConfigurationPropertySource(values));
        NatsProperties properties = binder.bind("ekko.nats", NatsProperties.class).get();
        NatsMetricsProperties metricsProperties = binder.bindOrCreate("ekko.nats.metrics", NatsMetricsProperties.class);
        SubjectPatterns patterns = new SubjectPatterns(metricsProperties);
        NatsMetrics metrics = new NatsMetrics(meters, patterns, metricsProperties);
        ShutdownReport report = new ShutdownReport();
        connection = new NatsConnection(properties, new NatsEvents(meters), report, List.of());
        publisher = new JetStreamPublisher(connection, properties, metrics);
        MessageMapping mapping = new MessageMapping(new CloudEvents(binder.bindOrCreate("ekko.events", EventProperties.class), patterns));
        camel.addComponent("nats", new JetStreamNatsComponent(connection, publisher, mapping, metrics, properties, report));
        camel.getShutdownStrategy().setTimeout(10);
        connection.start();
        client = Nats.connect(url);
        client.jetStreamManagement().addStream(StreamConfiguration.builder()
                .name(stream).subjects(stream.toLowerCase() + ".>").duplicateWindow(Duration.ofMinutes(2)).build());
    }

    /** The endpoint of a durable consumer on this room's stream. */
    String from(String options) {
        return "nats:" + subject + "?jetstreamEnabled=true&jetstreamName=" + stream + "&durableName=worker" + (options.isEmpty() ? "" : "&" + options);
    }

    String to() {
        return "nats:" + subject + "?jetstreamEnabled=true";
    }

    NatsRoom start(RoutesBuilder routes) throws Exception {
        camel.addRoutes(routes);
        camel.start();
        return this;
    }

    ProducerTemplate template() {
        return camel.createProducerTemplate();
    }

    void publish(String body) throws Exception {
        client.jetStream().publish(subject, body.getBytes());
    }

    /** Its messages and its consumers are gone then. */
    void makeStreamAnew() throws Exception {
        JetStreamManagement management = client.jetStreamManagement();
        StreamConfiguration configuration = management.getStreamInfo(stream).getConfiguration();
        management.deleteStream(stream);
        management.addStream(configuration);
    }

    ConsumerInfo worker() throws Exception {
        JetStreamManagement management = client.jetStreamManagement();
        return management.getConsumerInfo(stream, "worker");
    }

    /** Nothing waits, nothing is in somebody's hand. */
    boolean allAcknowledged() throws Exception {
        ConsumerInfo worker = worker();
        return worker.getNumPending() == 0 && worker.getNumAckPending() == 0;
    }

    @Override
    public void close() throws Exception {
        camel.stop();
        connection.stop();
        client.close();
    }
}
