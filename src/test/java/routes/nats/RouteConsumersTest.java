package routes.nats;

import java.util.List;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.mock.env.MockEnvironment;
import routes.devservices.NatsServerProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** The consumers that provisioning makes are those that the routes would make themselves. */
@Timeout(60)
class RouteConsumersTest {

    private final MockEnvironment environment = new MockEnvironment()
            .withProperty("ekko.retry.max-deliver", "7").withProperty("ekko.retry.nak-delay", "1000").withProperty("ekko.retry.max-nak-delay", "60000")
            .withProperty("ekko.nlp.consumers", "2").withProperty("ekko.settle.consumers", "8");

    @Test
    void eachDurableConsumerOfTheRouteFilesIsFound() {
        List<RouteEndpoint> durables = RouteEndpoint.durables();
        assertThat(durables).extracting(RouteEndpoint::durable).contains("nlp-alert-created", "nlp-job-created", "alerts-job-completed", "ops-max-deliveries");
        assertThat(durables).filteredOn(durable -> durable.durable().equals("nlp-alert-created")).singleElement().satisfies(durable -> {
            assertThat(durable.route()).isEqualTo("process-created-alert");
            assertThat(durable.stream()).isEqualTo("ALERTS");
            assertThat(durable.subject()).isEqualTo("alerts.created");
        });
    }

    @Test
    void itIsMadeWithTheOptionsOfItsRoute() throws Exception {
        try (NatsServerProcess server = NatsServerProcess.start(); Connection client = Nats.connect(server.url())) {
            JetStreamManagement management = client.jetStreamManagement();
            management.addStream(StreamConfiguration.builder().name("ALERTS").subjects("alerts.>").build());
            List<RouteEndpoint> created = RouteEndpoint.of("nlp").stream().filter(endpoint -> endpoint.consumer() && endpoint.subject().equals("alerts.created")).toList();
            RouteConsumers consumers = new RouteConsumers(created, environment);
            consumers.keep(client);
            consumers.keep(client);
            ConsumerConfiguration made = management.getConsumerInfo("ALERTS", "nlp-alert-created").getConsumerConfiguration();
            assertThat(made.getMaxDeliver()).isEqualTo(7);
            assertThat(made.getFilterSubject()).isEqualTo("alerts.created");
            assertThat(made.getMaxAckPending()).isEqualTo(new EndpointOptions().getMaxAckPending());
        }
    }
}
