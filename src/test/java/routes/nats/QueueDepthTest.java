package routes.nats;

import java.time.Duration;
import java.util.List;

import io.nats.client.Connection;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import routes.devservices.NatsServerProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The depth of streams and consumers, as Prometheus reads it. */
@Timeout(60)
class QueueDepthTest {

    private static final String WORKER = "{consumer=\"worker\",stream=\"JOBS\"}";

    private NatsServerProcess server;
    private Connection client;
    private NatsLink link;
    private QueueDepth depth;

    @BeforeEach
    void start() throws Exception {
        server = NatsServerProcess.start();
        client = Nats.connect(server.url());
        link = new NatsLink(server.url());
        depth = new QueueDepth(link.connection, link.topology, new NatsMetricsProperties(List.of(), Duration.ofMillis(50)), link.meters);
    }

    @AfterEach
    void stop() throws Exception {
        depth.stop();
        link.close();
        client.close();
        server.stop();
    }

    @Test
    void theGaugesFollowTheServer() throws Exception {
        provideStreams();
        // one at a time, so that what was given back is what comes next
        client.jetStreamManagement().addOrUpdateConsumer("JOBS", ConsumerConfiguration.builder().durable("worker").maxAckPending(1).build());
        link.start();
        depth.start();
        client.jetStream().publish("alerts.created", new byte[0]);
        for (int i = 0; i < 3; i++) {
            client.jetStream().publish("jobs.alert.created", new byte[0]);
        }
        awaitMetric("jetstream_stream_messages{stream=\"ALERTS\"}", 1);
        awaitMetric("jetstream_stream_messages{stream=\"JOBS\"}", 3);
        awaitMetric("jetstream_consumer_num_pending" + WORKER, 3);

        JetStreamSubscription worker = client.jetStream().subscribe(null, PullSubscribeOptions.fastBind("JOBS", "worker"));
        Message first = worker.fetch(1, Duration.ofSeconds(5)).get(0);
        awaitMetric("jetstream_consumer_num_pending" + WORKER, 2);
        awaitMetric("jetstream_consumer_num_ack_pending" + WORKER, 1);

        first.nak();
        Message again = worker.fetch(1, Duration.ofSeconds(5)).get(0);
        awaitMetric("jetstream_consumer_num_redelivered" + WORKER, 1);

        again.ack();
        awaitMetric("jetstream_consumer_num_ack_pending" + WORKER, 0);
        awaitMetric("jetstream_consumer_num_redelivered" + WORKER, 0);
        // a work queue forgets what is acknowledged
        awaitMetric("jetstream_stream_messages{stream=\"JOBS\"}", 2);
    }

    @Test
    void ephemeralConsumersMakeNoLabels() throws Exception {
        provideStreams();
        client.jetStream().subscribe("alerts.>");
        client.jetStreamManagement().addOrUpdateConsumer("ALERTS", ConsumerConfiguration.builder().durable("last").build());
        link.start();
        depth.start();
        await().until(() -> link.meters.scrape().contains("consumer=\"last\""));
        assertThat(link.meters.scrape().lines().filter(line -> line.startsWith("jetstream_consumer_num_pending{"))).hasSize(1);
    }

    @Test
    void aConsumerThatWasDeletedIsReportedNoMore() throws Exception {
        provideStreams();
        client.jetStreamManagement().addOrUpdateConsumer("JOBS", ConsumerConfiguration.builder().durable("worker").build());
        client.jetStream().publish("jobs.alert.created", new byte[0]);
        link.start();
        depth.start();
        awaitMetric("jetstream_consumer_num_pending" + WORKER, 1);
        client.jetStreamManagement().deleteConsumer("JOBS", "worker");
        // its last value would keep an alarm ringing until the next start
        await().untilAsserted(() -> assertThat(link.meters.scrape()).doesNotContain("jetstream_consumer_num_pending" + WORKER + " 1.0"));
    }

    @Test
    void aMissingStreamDoesNotHideTheOthers() throws Exception {
        provideStreams();
        client.jetStreamManagement().deleteStream("ALERTS");
        client.jetStream().publish("jobs.alert.created", new byte[0]);
        client.jetStream().publish("dlq.jobs.alert.created", new byte[0]);
        link.start();
        depth.start();
        awaitMetric("jetstream_stream_messages{stream=\"JOBS\"}", 1);
        awaitMetric("jetstream_stream_messages{stream=\"DLQ\"}", 1);
    }

    @Test
    void theGaugesComeWithAServerThatComesLater() throws Exception {
        provideStreams();
        client.jetStream().publish("jobs.alert.created", new byte[0]);
        server.shutDown();
        link.start();
        depth.start();
        assertThat(link.meters.scrape()).doesNotContain("jetstream_stream_messages");
        server.restart();
        awaitMetric("jetstream_stream_messages{stream=\"JOBS\"}", 1);
    }

    private void provideStreams() throws Exception {
        new StreamTopology(ApplicationYaml.nats()).connected(client);
    }

    private void awaitMetric(String nameAndLabels, double value) {
        await().untilAsserted(() -> assertThat(link.meters.scrape()).contains(nameAndLabels + " " + value));
    }
}
