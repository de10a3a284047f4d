package routes.outbox;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamState;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import routes.alerts.Ekko;
import routes.alerts.Ekko.Answer;
import routes.alerts.EkkoTest;
import routes.devservices.TestServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The relay of the outbox: order, a stream that is full, another instance, and a broker that has lost its events. */
@EkkoTest
@DirtiesContext
@TestPropertySource(properties = {"spring.jmx.enabled=true", "ekko.outbox.held-back=300ms", "ekko.nats.publish.retries=1", "ekko.nats.publish.backoff=20ms"})
@Timeout(180)
class RelayTest {

    private static final String SENTENCE = "Alert me when my AVAX balance goes above 10";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Autowired
    private Ekko ekko;
    @Autowired
    private CamelContext camel;
    @Autowired
    private JdbcTemplate database;

    @AfterEach
    void everythingRuns() throws Exception {
        limitJobs(100_000);
        for (String route : List.of("outbox-relay", "outbox-clock", "process-changed-sentence")) {
            camel.getRouteController().startRoute(route);
            camel.getRouteController().resumeRoute(route);
        }
        await().atMost(Duration.ofSeconds(40)).until(() -> waiting() == 0);
    }

    @Test
    void moreEventsThanAWindowHoldsComeOnceEachAndInTheOrderOfTheirAlert() throws Exception {
        int alerts = 8;
        int events = 1_600;
        RelayRoutes.stop(camel);
        List<String> subjects = List.of("alerts.updated", "alerts.enabled", "alerts.disabled");
        List<UUID> ids = IntStream.range(0, alerts).mapToObj(i -> UUID.randomUUID()).toList();
        long before = lastSequence("ALERTS");
        database.batchUpdate("INSERT INTO outbox (event_id, subject, payload, correlation_id) VALUES (gen_random_uuid(), ?, CAST(? AS json), 'order')",
                IntStream.range(0, events).mapToObj(i -> new Object[]{subjects.get(i % subjects.size()),
                        "{\"alert\":{\"id\":\"%s\"},\"n\":%d}".formatted(ids.get(i * 7 % alerts), i)}).toList());
        RelayRoutes.start(camel);
        await().atMost(Duration.ofSeconds(40)).until(() -> waiting() == 0);

        Map<String, List<Integer>> byAlert = new HashMap<>();
        int count = 0;
        for (Message message : messagesAfter(before)) {
            JsonNode body = JSON.readTree(message.getData());
            if (body.has("n")) {
                byAlert.computeIfAbsent(body.at("/alert/id").asText(), id -> new ArrayList<>()).add(body.get("n").asInt());
                count++;
            }
        }
        assertThat(count).isEqualTo(events);
        assertThat(byAlert).hasSize(alerts).allSatisfy((id, numbers) -> assertThat(numbers).isSorted().doesNotHaveDuplicates().hasSize(events / alerts));
    }

    @Test
    void theRelayStopsAtOnceWhileItsClockGoesOn() throws Exception {
        assertThat(camel.getRouteController().stopRoute("outbox-relay", 5, TimeUnit.SECONDS, true)).isTrue();
        assertThat(camel.getRouteController().getRouteStatus("outbox-relay")).isEqualTo(ServiceStatus.Stopped);
        assertThat(camel.getRouteController().getRouteStatus("outbox-clock")).isEqualTo(ServiceStatus.Started);
    }

    @Test
    void manyChangesOfOneAlertAreToldInTheirOrder() throws Exception {
        UUID id = active();
        List<String> names = IntStream.range(0, 30).mapToObj(i -> "name " + i).toList();
        names.forEach(name -> assertThat(ekko.patch("/alerts/" + id, "{\"name\":\"" + name + "\"}").status()).isEqualTo(200));
        await().until(() -> ekko.heard("alerts.updated", id).size() == names.size() + 1);
        assertThat(ekko.heard("alerts.updated", id).stream().skip(1).map(message -> ekko.body(message).at("/alert/name").asText())).isEqualTo(names);
    }

    @Test
    void whileOneStreamIsFullTheEventsOfTheOthersGoOnAndLaterAllAreSent() throws Exception {
        List<UUID> changed = Stream.generate(this::active).limit(3).toList();
        UUID other = active();
        camel.getRouteController().suspendRoute("process-changed-sentence");
        limitJobs(1);
        changed.forEach(id -> assertThat(ekko.patch("/alerts/" + id, "{\"nl_description\":\"Alert me when ETH gas is below 50 gwei\"}").status()).isEqualTo(200));
        await().until(() -> changed.stream().allMatch(id -> ekko.heard("alerts.updated", id).size() == 2));
        await().until(() -> waiting() == 2); // what was heard is marked a moment later
        ekko.post("/alerts/" + other + "/disable", null);
        await().until(() -> ekko.heard("alerts.disabled", other).size() == 1);
        await().until(() -> waiting() == 2);
        assertThat(database.queryForList("SELECT DISTINCT subject FROM outbox WHERE sent_at IS NULL", String.class)).containsExactly("jobs.alert.created");

        limitJobs(100_000);
        camel.getRouteController().resumeRoute("process-changed-sentence");
        await().until(() -> changed.stream().allMatch(id -> ekko.status(id).equals("active")));
        await().until(() -> changed.stream().allMatch(id -> ekko.heard("alerts.updated", id).size() == 3));
        // a subscriber outside of JetStream hears the refused attempts, too: they are one message
        assertThat(changed).allSatisfy(id -> assertThat(ekko.heard("jobs.alert.created", id).stream()
                .map(message -> message.getHeaders().getFirst("Nats-Msg-Id")).distinct()).hasSize(1));
    }

    @Test
    void anotherInstanceTakesTheLeaseOverWhenTheFirstGivesItUp() {
        Database shared = new Database(TestServers.newDatabase());
        OutboxProperties properties = new OutboxProperties(500, Duration.ofMillis(50), Duration.ofSeconds(1));
        RelayLease one = new RelayLease(shared, properties);
        RelayLease two = new RelayLease(shared, properties);
        try {
            assertThat(one.connection()).isPresent();
            assertThat(two.connection()).isEmpty();
            await().during(Duration.ofMillis(200)).until(() -> two.connection().isEmpty());
            assertThat(one.connection()).as("keeps it").isPresent();
            one.release();
            await().until(() -> two.connection().isPresent());
            await().during(Duration.ofMillis(200)).until(() -> one.connection().isEmpty());
        } finally {
            one.release();
            two.release();
        }
    }

    @Test
    void anInstanceThatHasLostItsConnectionHasLostTheLeaseAndCanMarkNothing() throws Exception {
        Database shared = new Database(TestServers.newDatabase());
        OutboxProperties properties = new OutboxProperties(500, Duration.ofMillis(50), Duration.ofSeconds(1));
        RelayLease one = new RelayLease(shared, properties);
        RelayLease two = new RelayLease(shared, properties);
        try (Connection admin = DriverManager.getConnection(shared.getJdbcUrl(), shared.getUsername(), shared.getPassword())) {
            Connection lost = one.connection().orElseThrow();
            admin.createStatement().execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ekko-outbox-relay' AND datname = current_database()");
            await().until(() -> two.connection().isPresent());
            assertThatThrownBy(() -> lost.createStatement().execute("SELECT 1")).isInstanceOf(SQLException.class);
        } finally {
            one.release();
            two.release();
        }
    }

    @Test
    void whatABrokerHasLostIsPublishedAgainOnceOverRestAndOverJmx() throws Exception {
        String since = Instant.now().toString();
        List<UUID> ids = Stream.generate(this::active).limit(5).toList();
        await().until(() -> waiting() == 0);
        List<String> events = eventsSince(since);
        assertThat(events).hasSize(3 * ids.size());
        await().until(() -> idsInTheStream().containsAll(events));

        loseAlerts();
        JsonNode dry = ekko.post("/outbox/republish", "{\"since\":\"%s\",\"dry_run\":true}".formatted(since)).body();
        assertThat(dry.get("dry_run").asBoolean()).isTrue();
        assertThat(dry.get("events").asInt()).isEqualTo(events.size());
        assertThat(waiting()).isZero();
        assertThat(idsInTheStream()).isEmpty();
        assertThat(ekko.post("/outbox/republish", "{\"since\":\"%s\",\"subject\":\"alerts.updated\",\"dry_run\":true}".formatted(since)).body().get("events").asInt()).isEqualTo(ids.size());

        Answer real = ekko.post("/outbox/republish", "{\"since\":\"%s\"}".formatted(since));
        assertThat(real.status()).isEqualTo(200);
        assertThat(real.body().get("events").asInt()).isEqualTo(events.size());
        await().untilAsserted(() -> assertThat(idsInTheStream()).containsExactlyInAnyOrderElementsOf(events));

        loseAlerts();
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("routes:type=Outbox");
        String[] signature = {"java.lang.String", "boolean"};
        JsonNode dryAgain = JSON.readTree((String) server.invoke(name, "republish", new Object[]{since, true}, signature));
        assertThat(dryAgain.get("events").asInt()).isEqualTo(events.size());
        assertThat(idsInTheStream()).isEmpty();
        JsonNode again = JSON.readTree((String) server.invoke(name, "republish", new Object[]{since, false}, signature));
        assertThat(again.get("events").asInt()).isEqualTo(events.size());
        await().untilAsserted(() -> assertThat(idsInTheStream()).containsExactlyInAnyOrderElementsOf(events));
        assertNothingWasDoneTwice(ids);
    }

    private void assertNothingWasDoneTwice(List<UUID> ids) {
        active();
        assertThat(ids).allSatisfy(id -> assertThat(ekko.get("/alerts/" + id).body().get("version").asInt()).isEqualTo(2));
    }

    @Test
    void whatABrokerHasNotLostIsNotThereTwice() throws Exception {
        String since = Instant.now().toString();
        active();
        await().until(() -> waiting() == 0);
        List<String> before = idsInTheStream();
        assertThat(ekko.post("/outbox/republish", "{\"since\":\"%s\"}".formatted(since)).body().get("events").asInt()).isEqualTo(3);
        await().until(() -> waiting() == 0);
        assertThat(idsInTheStream()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{}|since", "{\"since\":\"yesterday\"}|since", "{\"since\":\"2026-02-30T00:00:00Z\"}|since", "{\"since\":\"2026-01-01T00:00:00Z\",\"until\":3}|until",
            "{\"since\":\"2026-01-01T00:00:00Z\",\"dry_run\":\"x\"}|dry_run", "{\"since\":\"2026-01-02T00:00:00Z\",\"until\":\"2026-01-01T00:00:00Z\"}|until", "{\"since\":\"2026-01-01T00:00:00Z\",\"all\":true}|all"})
    void aBadOrderIsRefusedByTheNameOfItsField(String order, String field) {
        Answer refused = ekko.post("/outbox/republish", order);
        assertThat(refused.status()).as(refused.response().body()).isEqualTo(400);
        assertThat(refused.body().toString()).contains(field);
    }

    private UUID active() {
        UUID id = ekko.create(SENTENCE);
        await().atMost(Duration.ofSeconds(40)).until(() -> ekko.heard("alerts.updated", id).size() == 1);
        return id;
    }

    private long waiting() {
        return database.queryForObject("SELECT count(*) FROM outbox WHERE sent_at IS NULL", Long.class);
    }

    private List<String> eventsSince(String since) {
        return database.queryForList("SELECT CAST(event_id AS text) FROM outbox WHERE created_at >= CAST(? AS timestamptz)", String.class, since);
    }

    /** As a broker comes back that has lost its store. */
    private void loseAlerts() throws Exception {
        StreamConfiguration lost = management().getStreamInfo("ALERTS").getConfiguration();
        management().deleteStream("ALERTS");
        management().addStream(lost);
    }

    private List<String> idsInTheStream() throws Exception {
        return messagesAfter(0).stream().map(message -> message.getHeaders().getFirst("Nats-Msg-Id")).toList();
    }

    private List<Message> messagesAfter(long sequence) throws Exception {
        StreamState held = management().getStreamInfo("ALERTS").getStreamState();
        List<Message> messages = new ArrayList<>();
        if (held.getMsgCount() == 0) {
            return messages;
        }
        JetStreamSubscription all = ekko.client().jetStream().subscribe("alerts.>", PushSubscribeOptions.builder().stream("ALERTS").ordered(true).build());
        long read;
        do {
            Message message = all.nextMessage(Duration.ofSeconds(5));
            read = message.metaData().streamSequence();
            if (read > sequence) {
                messages.add(message);
            }
        } while (read < held.getLastSequence()); // not by the consumer's pending count: an ordered consumer that is made anew counts anew
        all.unsubscribe();
        return messages;
    }

    private long lastSequence(String stream) throws Exception {
        return management().getStreamInfo(stream).getStreamState().getLastSequence();
    }

    private void limitJobs(long messages) throws Exception {
        StreamConfiguration found = management().getStreamInfo("JOBS").getConfiguration();
        management().updateStream(StreamConfiguration.builder(found).maxMessages(messages).build());
    }

    private JetStreamManagement management() throws Exception {
        return ekko.client().jetStreamManagement();
    }
}
