package routes.deadletter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.apache.camel.CamelContext;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import routes.alerts.Ekko;
import routes.alerts.EkkoTest;
import routes.contracts.Schemas;
import routes.nats.RawPublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Messages that nothing can be made of: each is kept once as it was, and the others do not wait for it. */
@EkkoTest
@TestPropertySource(properties = {"ekko.retry.nak-delay=50", "ekko.retry.max-nak-delay=200"})
@Timeout(60)
class PoisonTest {

    private static final String SENTENCE = "Alert me when my AVAX balance goes above 10";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Autowired
    private Ekko ekko;
    @Autowired
    private CamelContext camel;
    @Autowired
    private JdbcTemplate database;
    @Autowired
    private DeadLetterStore store;
    @Autowired
    private Environment environment;

    /** nats-server 2.9 has been seen not to answer for the stream of dead letters for 20 s after it was purged of large ones. */
    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(45)).ignoreExceptionsInstanceOf(IOException.class);
    }

    @BeforeEach
    void noLetters() throws Exception {
        management().purgeStream(DeadLetterStore.STREAM);
    }

    /** By what they are. Each is garbage on every subject. */
    static Map<String, byte[]> garbage() {
        Map<String, byte[]> garbage = new LinkedHashMap<>();
        garbage.put("binary", new byte[]{(byte) 0xff, 0, 1, 2, '{', (byte) 0x80});
        garbage.put("empty", new byte[0]);
        garbage.put("a megabyte", random(1_048_576));
        garbage.put("just too large to be kept in one piece", random(790_000));
        garbage.put("null", bytes("null"));
        garbage.put("a number", bytes("17"));
        garbage.put("a text", bytes("\"alert\""));
        garbage.put("wrong types", bytes("{\"id\":1,\"alert\":[true],\"job\":\"x\",\"result\":17,\"timestamp\":{}}"));
        garbage.put("deep arrays", bytes("[".repeat(5_000) + "]".repeat(5_000)));
        garbage.put("deep objects", bytes("{\"alert\":".repeat(5_000) + "1" + "}".repeat(5_000)));
        garbage.put("as deep as JSON may be", bytes("[".repeat(1_000) + "]".repeat(1_000)));
        garbage.put("as deep as JSON may be inside of a letter", bytes("[".repeat(998) + "]".repeat(998)));
        garbage.put("missing fields", bytes("{}"));
        garbage.put("a huge exponent", bytes("{\"alert\":1e999999999}"));
        garbage.put("a long number", bytes("{\"alert\":" + "9".repeat(5_000) + "}"));
        garbage.put("more digits than a double", bytes("{\"alert\":0.12345678901234567890123456789}"));
        garbage.put("duplicate keys", bytes("{\"alert\":1,\"alert\":2}"));
        garbage.put("invalid UTF-8 in a text", join(bytes("{\"alert\":\""), new byte[]{(byte) 0xc3, 0x28, (byte) 0xff}, bytes("\"}")));
        garbage.put("UTF-16", "{\"alert\":1}".getBytes(StandardCharsets.UTF_16));
        garbage.put("a byte order mark", join(new byte[]{(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, bytes("{\"alert\":1}")));
        garbage.put("two documents", bytes("{\"alert\":1}{\"alert\":2}"));
        garbage.put("escapes", bytes("{\"alert\":\"\\u0041\\ud800\\/\"}"));
        garbage.put("what looks like a letter's bytes", bytes("{\"encoding\":\"base64\",\"bytes\":\"aGVsbG8=\"}"));
        garbage.put("what looks like a letter in parts", bytes("{\"encoding\":\"base64\",\"bytes\":\"aGVsbG8=\",\"parts\":3,\"parts_subject\":\"dlq.parts.none\"}"));
        return garbage;
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts.created", "jobs.alert.created", "jobs.alert.completed"})
    void garbageOfEveryKindIsKeptOnceAsItWasWhileGoodAlertsPass(String subject) throws Exception {
        Map<Long, String> sent = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> each : garbage().entrySet()) {
            sent.put(ekko.client().jetStream().publish(subject, each.getValue()).getSeqno(), each.getKey());
        }
        UUID good = ekko.create(SENTENCE);
        patiently().until(() -> ekko.status(good), "active"::equals);
        patiently().until(() -> nothingWaits(subject));

        Map<String, List<DeadLetter>> kept = letters().stream().collect(Collectors.groupingBy(
                letter -> sent.getOrDefault(letter.envelope().get("stream_seq").asLong(), "unexpected")));
        assertThat(kept).containsOnlyKeys(garbage().keySet());
        for (Map.Entry<String, byte[]> each : garbage().entrySet()) {
            assertThat(kept.get(each.getKey())).as(each.getKey()).hasSize(1);
            DeadLetter letter = kept.get(each.getKey()).get(0);
            assertThat(letter.subject()).isEqualTo(subject);
            assertThat(Schemas.problems("dlq", letter.envelope().toString())).as(each.getKey()).isEmpty();
        }
        assertThat(garbage().keySet().stream().filter(kind -> !isAsItWas(kept.get(kind).get(0), garbage().get(kind)))).as("changed on the way").isEmpty();
    }

    private boolean isAsItWas(DeadLetter letter, byte[] original) {
        try {
            return Arrays.equals(store.original(letter), original);
        } catch (Exception e) {
            return false;
        }
    }

    @Test
    void jsonIsKeptAsJsonAndItsWhiteSpaceDoesNotMatter() throws Exception {
        ekko.client().jetStream().publish("alerts.created", bytes("{ \"alert\" : [ 1,\n2 ],\t\"name\": \"a b\" }"));
        assertThat(letter().envelope().get("data")).isEqualTo(JSON.readTree("{\"alert\":[1,2],\"name\":\"a b\"}"));
    }

    /** What comes with a message is as little to be trusted as its body. */
    static Map<String, Headers> oddHeaders() {
        Map<String, Headers> odd = new LinkedHashMap<>();
        odd.put("a correlation id too long for a contract", new Headers().put("X-Correlation-Id", "c".repeat(500)));
        odd.put("an empty correlation id", new Headers().put("X-Correlation-Id", ""));
        odd.put("a count that is none", new Headers().put("Ekko-Redrive-Count", "many"));
        odd.put("a count below zero", new Headers().put("Ekko-Redrive-Count", "-1"));
        odd.put("a schema of a version beyond numbers", new Headers().put("ce-dataschema", "urn:ekko:schema:alerts.created:v99999999999"));
        odd.put("two schemas", new Headers().put("ce-dataschema", "urn:ekko:schema:alerts.created:v1", "urn:ekko:schema:alerts.created:v2"));
        odd.put("an id of somebody else", new Headers().put("Camel-Nats", "x").put("CamelNatsOverrideSubject", "alerts.deleted").put("CamelNatsSettlement", "ACK"));
        return odd;
    }

    @ParameterizedTest
    @MethodSource("oddHeaderNames")
    void garbageWithOddHeadersIsKeptToo(String odd) throws Exception {
        byte[] body = bytes("{\"odd\":true}");
        ekko.client().jetStream().publish(NatsMessage.builder().subject("alerts.created").headers(oddHeaders().get(odd)).data(body).build());
        DeadLetter letter = letter();
        assertThat(store.original(letter)).isEqualTo(body);
        assertThat(Schemas.problems("dlq", letter.envelope().toString())).isEmpty();
        patiently().until(() -> nothingWaits("alerts.created"));
        assertThat(letters()).hasSize(1);
    }

    static List<String> oddHeaderNames() {
        return List.copyOf(oddHeaders().keySet());
    }

    /** The letter fits by itself, and does not with the headers that the original brings along. */
    @Test
    void garbageWithLargeHeadersIsKeptToo() throws Exception {
        byte[] body = random(770_000);
        Headers large = new Headers();
        for (int i = 0; i < 30; i++) {
            large.put("Large-" + i, "x".repeat(2_000));
        }
        ekko.client().jetStream().publish(NatsMessage.builder().subject("alerts.created").headers(large).data(body).build());
        assertThat(store.original(letter())).isEqualTo(body);
        UUID good = ekko.create(SENTENCE);
        patiently().until(() -> ekko.status(good), "active"::equals);
        assertThat(letters()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no advisory", "{}", "[]", "{\"stream\":\"NONE\",\"consumer\":\"c\",\"stream_seq\":1}", "{\"stream\":\"A.B\",\"consumer\":\"c\",\"stream_seq\":1}",
            "{\"stream\":\"ALERTS\",\"consumer\":\"c\",\"stream_seq\":-1}"})
    void anAdvisoryThatIsNoneDoesNotComeAgainForEver(String advisory) throws Exception {
        ekko.client().jetStream().publish("$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.NONE.none", bytes(advisory));
        patiently().until(() -> {
            ConsumerInfo info = management().getConsumerInfo("ADVISORIES", "ops-max-deliveries");
            return info.getNumPending() == 0 && info.getNumAckPending() == 0;
        });
    }

    /** jnats reads no header that is not ASCII. */
    @Test
    void anAdvisoryOfAMessageThatCannotBeReadDoesNotComeAgainForEver() throws Exception {
        RawPublisher.publish(environment.getRequiredProperty("ekko.nats.url"), "templates.match.response.poison", "X-User: José", "{}");
        long seq = management().getStreamInfo("TEMPLATES").getStreamState().getLastSequence();
        anAdvisoryThatIsNoneDoesNotComeAgainForEver("{\"stream\":\"TEMPLATES\",\"consumer\":\"c\",\"stream_seq\":%d}".formatted(seq));
    }

    @Test
    void aMessageThatNobodySettlesIsKeptWhenItsDeliveriesAreUsedUp() throws Exception {
        long seq = ekko.client().jetStream().publish("alerts.poison", bytes("{\"kills\":true}")).getSeqno();
        useUpDeliveries("ALERTS", "alerts.poison");
        DeadLetter letter = letter();
        assertThat(letter.subject()).isEqualTo("alerts.poison");
        assertThat(letter.error()).startsWith("MaxDeliveries");
        assertThat(letter.envelope().get("stream").asText()).isEqualTo("ALERTS");
        assertThat(letter.envelope().get("stream_seq").asLong()).isEqualTo(seq);
        assertThat(letter.envelope().get("consumer").asText()).isEqualTo("killed");
        assertThat(letter.envelope().get("attempts").asLong()).isEqualTo(2);
        assertThat(store.original(letter)).isEqualTo(bytes("{\"kills\":true}"));
        assertThat(Schemas.problems("dlq", letter.envelope().toString())).isEmpty();
        assertThat(management().getMessage("ALERTS", seq)).as("others may want it").isNotNull();
    }

    @Test
    void aMessageOfAWorkQueueLeavesItWhenItsDeliveriesAreUsedUp() throws Exception {
        byte[] poison = random(1_000);
        long seq = ekko.client().jetStream().publish("jobs.poison", poison).getSeqno();
        useUpDeliveries("JOBS", "jobs.poison");
        DeadLetter letter = letter();
        assertThat(letter.error()).startsWith("MaxDeliveries");
        assertThat(letter.envelope().get("stream_seq").asLong()).isEqualTo(seq);
        assertThat(store.original(letter)).isEqualTo(poison);
        await().until(() -> management().getStreamInfo("JOBS").getStreamState().getMsgCount() == 0);
        assertThat(letters()).hasSize(1);
    }

    /** Takes a message as often as it is delivered, and dies with it. */
    private void useUpDeliveries(String stream, String subject) throws Exception {
        ConsumerConfiguration killed = ConsumerConfiguration.builder().durable("killed").filterSubject(subject).maxDeliver(2).ackWait(500).build();
        management().addOrUpdateConsumer(stream, killed);
        JetStreamSubscription subscription = ekko.client().jetStream().subscribe(null, PullSubscribeOptions.bind(stream, "killed"));
        try {
            for (int delivery = 1; delivery <= 2; delivery++) {
                Message message = subscription.fetch(1, Duration.ofSeconds(5)).get(0);
                assertThat(message.metaData().deliveredCount()).isEqualTo(delivery);
            }
            // the server gives the message up with the pull after its last ackWait
            patiently().until(() -> subscription.fetch(1, Duration.ofMillis(600)).isEmpty() && !letters().isEmpty());
        } finally {
            subscription.unsubscribe();
            management().deleteConsumer(stream, "killed");
        }
    }

    @Test
    void onePoisonInTwentyCostsLittleThroughput() throws Exception {
        throughput(300, 20);
        double clean = throughput(1_000, 0);
        double poisoned = throughput(1_000, 20);
        System.out.printf("messages a second: %.0f without poison, %.0f with 5 %% poison, ratio %.2f%n", clean, poisoned, poisoned / clean);
        assertThat(poisoned / clean).as("on a busy machine; alone it is above 0.8").isGreaterThan(0.5);
    }

    /** @param oneIn every so many messages is poison, 0 for none. @return messages a second until all good alerts are settled */
    private double throughput(int messages, int oneIn) throws Exception {
        camel.getRouteController().suspendRoute("process-created-alert");
        List<byte[]> poison = garbage().values().stream().filter(bytes -> bytes.length < 20_000).toList();
        PendingAlerts alerts = new PendingAlerts(database, "local");
        int good = oneIn == 0 ? messages : messages - messages / oneIn;
        List<PendingAlerts.Pending> pending = alerts.create(good);
        List<CompletableFuture<PublishAck>> acks = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < messages; i++) {
            byte[] body = oneIn > 0 && i % oneIn == 0 ? poison.get(i / oneIn % poison.size()) : pending.get(next++).message();
            acks.add(ekko.client().jetStream().publishAsync("alerts.created", body));
        }
        for (CompletableFuture<PublishAck> ack : acks) {
            ack.get(10, TimeUnit.SECONDS);
        }
        long lettersBefore = management().getStreamInfo(DeadLetterStore.STREAM).getStreamState().getMsgCount();
        long start = System.nanoTime();
        camel.getRouteController().resumeRoute("process-created-alert");
        await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20)).until(() -> alerts.unsettled() == 0 && nothingWaits("alerts.created"));
        double took = (System.nanoTime() - start) / 1e9;
        assertThat(management().getStreamInfo(DeadLetterStore.STREAM).getStreamState().getMsgCount() - lettersBefore).isEqualTo(messages - good);
        return messages / took;
    }

    private DeadLetter letter() {
        return patiently().until(this::letters, found -> !found.isEmpty()).get(0);
    }

    private List<DeadLetter> letters() throws Exception {
        return store.find(new DeadLetterFilter(null, null, null, null), 0, 1_000);
    }

    private boolean nothingWaits(String subject) throws Exception {
        String stream = subject.startsWith("jobs.") ? "JOBS" : "ALERTS";
        String consumer = Map.of("alerts.created", "nlp-alert-created", "jobs.alert.created", "nlp-job-created", "jobs.alert.completed", "alerts-job-completed").get(subject);
        ConsumerInfo info = management().getConsumerInfo(stream, consumer);
        return info.getNumPending() == 0 && info.getNumAckPending() == 0;
    }

    private JetStreamManagement management() throws Exception {
        return ekko.client().jetStreamManagement();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
