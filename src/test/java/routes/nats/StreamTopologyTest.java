package routes.nats;

import java.time.Duration;
import java.util.function.UnaryOperator;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.PublishAck;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.nats.client.impl.NatsMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.health.Status;
import routes.devservices.NatsServerProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The streams of {@code application.yaml} on a real server that already holds something, or nothing. */
@Timeout(60)
class StreamTopologyTest {

    private static NatsServerProcess server;
    private static Connection client;
    private static JetStreamManagement management;

    @BeforeAll
    static void startServer() throws Exception {
        server = NatsServerProcess.start();
        client = Nats.connect(server.url());
        management = client.jetStreamManagement();
    }

    @AfterAll
    static void stopServer() throws Exception {
        client.close();
        server.stop();
    }

    @BeforeEach
    void beginWithoutStreams() throws Exception {
        for (String stream : management.getStreamNames()) {
            management.deleteStream(stream);
        }
    }

    @ParameterizedTest
    @CsvSource({
            "ALERTS,    alerts.>,                                              Limits,    Old, 1000000,  7",
            "JOBS,      jobs.>,                                                WorkQueue, New,  100000,  0",
            "TEMPLATES, templates.match.response templates.match.response.>,   Limits,    Old,   50000,  0",
            "DLQ,       dlq.>,                                                 Limits,    Old,  100000, 30",
            "ADVISORIES, $JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.>,          Limits,    Old,   10000, 30"})
    void aMissingStreamIsCreatedAsConfigured(String name, String subjects, RetentionPolicy retention, DiscardPolicy discard, long maxMsgs, long days) throws Exception {
        keep();
        StreamConfiguration stream = stream(name);
        assertThat(stream.getSubjects()).containsExactlyInAnyOrder(subjects.split(" "));
        assertThat(stream.getRetentionPolicy()).isEqualTo(retention);
        assertThat(stream.getDiscardPolicy()).isEqualTo(discard);
        assertThat(stream.getMaxMsgs()).isEqualTo(maxMsgs);
        assertThat(stream.getMaxAge()).isEqualTo(Duration.ofDays(days));
        assertThat(stream.getStorageType()).isEqualTo(StorageType.File);
        assertThat(stream.getReplicas()).isOne();
        assertThat(stream.getDuplicateWindow()).isEqualTo(Duration.ofMinutes(10));
        assertThat(stream.getMaxBytes()).isEqualTo(-1);
    }

    @Test
    void exactlyTheConfiguredStreamsAreCreated() throws Exception {
        keep();
        assertThat(management.getStreamNames()).containsExactlyInAnyOrder("ALERTS", "JOBS", "TEMPLATES", "DLQ", "ADVISORIES");
    }

    @Test
    void aSecondStartChangesNothing() throws Exception {
        keep();
        publish("alerts.created", 3);
        String before = stream("ALERTS").toJson();
        keep();
        assertThat(stream("ALERTS").toJson()).isEqualTo(before);
        assertThat(messages("ALERTS")).isEqualTo(3);
    }

    @Test
    void driftIsPutRightAndWhatTheApplicationDoesNotKnowStays() throws Exception {
        add("ALERTS", stream -> stream.subjects("alerts.created", "alerts.old").maxMessages(50).maxAge(Duration.ofDays(1))
                .discardPolicy(DiscardPolicy.New).duplicateWindow(Duration.ofMinutes(1)).description("made by hand").maxBytes(5_000_000));
        publish("alerts.created", 10);
        keep();
        StreamConfiguration stream = stream("ALERTS");
        assertThat(stream.getSubjects()).containsExactly("alerts.>");
        assertThat(stream.getMaxMsgs()).isEqualTo(1_000_000);
        assertThat(stream.getMaxAge()).isEqualTo(Duration.ofDays(7));
        assertThat(stream.getDiscardPolicy()).isEqualTo(DiscardPolicy.Old);
        assertThat(stream.getDuplicateWindow()).isEqualTo(Duration.ofMinutes(10));
        assertThat(stream.getDescription()).isEqualTo("made by hand");
        assertThat(stream.getMaxBytes()).isEqualTo(5_000_000);
        assertThat(messages("ALERTS")).isEqualTo(10);
    }

    @Test
    void anotherRetentionIsRefusedByName() throws Exception {
        add("ALERTS", stream -> stream.subjects("alerts.>").retentionPolicy(RetentionPolicy.WorkQueue));
        publish("alerts.created", 5);
        assertThatThrownBy(this::keep).isInstanceOf(TopologyException.class).hasMessageContaining("Stream ALERTS").hasMessageContaining("retention workqueue -> limits");
        assertThat(messages("ALERTS")).isEqualTo(5);
    }

    @Test
    void anotherStorageIsRefusedByName() throws Exception {
        add("DLQ", stream -> stream.subjects("dlq.>").storageType(StorageType.Memory));
        publish("dlq.jobs.alert.created", 5);
        assertThatThrownBy(this::keep).isInstanceOf(TopologyException.class).hasMessageContaining("Stream DLQ").hasMessageContaining("storage memory -> file");
        assertThat(messages("DLQ")).isEqualTo(5);
    }

    @Test
    void threeReplicasCannotBeHadFromALoneServer() throws Exception {
        assertThatThrownBy(() -> keep("EKKO_NATS_REPLICAS=3")).isInstanceOf(TopologyException.class)
                .hasMessageContaining("Stream ALERTS").hasMessageContaining("replicas 3");
        keep();
        publish("alerts.created", 5);
        assertThatThrownBy(() -> keep("EKKO_NATS_REPLICAS=3")).isInstanceOf(TopologyException.class)
                .hasMessageContaining("Stream ALERTS").hasMessageContaining("replicas 1 -> 3");
        assertThat(messages("ALERTS")).isEqualTo(5);
    }

    @Test
    void aForeignStreamOnTheSameSubjectsIsAClearError() throws Exception {
        add("AUDIT", stream -> stream.subjects("jobs.alert.*"));
        publish("jobs.alert.created", 5);
        assertThatThrownBy(this::keep).isInstanceOf(TopologyException.class)
                .hasMessageContaining("Stream JOBS").hasMessageContaining("jobs.>").hasMessageContaining("overlap");
        assertThat(messages("AUDIT")).isEqualTo(5);
    }

    @Test
    void streamsOfOthersAreLeftAlone() throws Exception {
        add("OTHER", stream -> stream.subjects("other.>"));
        publish("other.things", 5);
        String before = stream("OTHER").toJson();
        keep();
        assertThat(stream("OTHER").toJson()).isEqualTo(before);
        assertThat(messages("OTHER")).isEqualTo(5);
    }

    /** A lower limit deletes what is above it at once. Whether the start fails or goes on: the messages stay. */
    @ParameterizedTest
    @ValueSource(strings = {"ekko.nats.streams.ALERTS.max-msgs=4", "ekko.nats.streams.ALERTS.max-age=100ms"})
    void aLimitBelowWhatAStreamHoldsDeletesNothing(String narrower) throws Exception {
        keep();
        publish("alerts.created", 10);
        long started = System.nanoTime();
        await().until(() -> System.nanoTime() - started > Duration.ofMillis(150).toNanos());
        try {
            keep(narrower);
        } catch (TopologyException refused) {
            assertThat(refused).hasMessageContaining("ALERTS");
        }
        await().during(Duration.ofMillis(500)).until(() -> messages("ALERTS") == 10);
    }

    @Test
    void withoutProvisioningNothingIsTouched() throws Exception {
        add("ALERTS", stream -> stream.subjects("alerts.>").maxMessages(50));
        assertThatCode(() -> keep("EKKO_NATS_PROVISION=false")).doesNotThrowAnyException();
        assertThat(management.getStreamNames()).containsExactly("ALERTS");
        assertThat(stream("ALERTS").getMaxMsgs()).isEqualTo(50);
    }

    @Test
    void streamsThatCannotBeHadEndTheStartAndAreToldInHealth() throws Exception {
        add("JOBS", stream -> stream.subjects("jobs.>"));
        try (NatsLink link = new NatsLink(server.url(), "EKKO_NATS_PROVISION=true")) {
            assertThatThrownBy(link::start).isInstanceOf(TopologyException.class).hasMessageContaining("Stream JOBS").hasMessageContaining("retention");
            assertThat(link.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(link.health().getDetails().get("streams").toString()).contains("Stream JOBS").contains("retention");
        }
    }

    @Test
    void aStreamThatAPublishMissesIsMadeAnew() throws Exception {
        try (NatsLink link = new NatsLink(server.url(), "EKKO_NATS_PROVISION=true").start()) {
            management.deleteStream("TEMPLATES");
            NatsMessage message = NatsMessage.builder().subject("templates.match.response").data("{}").build();
            assertThat(link.publisher().publish(message)).succeedsWithin(Duration.ofSeconds(10)).extracting(PublishAck::getStream).isEqualTo("TEMPLATES");
        }
    }

    private void keep(String... settings) throws Exception {
        new StreamTopology(ApplicationYaml.nats(settings)).connected(client);
    }

    private static void add(String name, UnaryOperator<StreamConfiguration.Builder> settings) throws Exception {
        management.addStream(settings.apply(StreamConfiguration.builder().name(name).storageType(StorageType.File)).build());
    }

    private static void publish(String subject, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            client.jetStream().publish(subject, ("message " + i).getBytes());
        }
    }

    private static StreamConfiguration stream(String name) throws Exception {
        return management.getStreamInfo(name).getConfiguration();
    }

    private static long messages(String name) throws Exception {
        StreamInfo info = management.getStreamInfo(name);
        return info.getStreamState().getMsgCount();
    }
}
