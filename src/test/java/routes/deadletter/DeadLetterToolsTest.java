package routes.deadletter;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StreamInfoOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import routes.alerts.Ekko;
import routes.alerts.Ekko.Answer;
import routes.alerts.EkkoTest;
import routes.deadletter.PendingAlerts.Pending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What operators do with dead letters: over REST and over JMX, on letters of alerts that wait for them. */
@EkkoTest
@DirtiesContext
@TestPropertySource(properties = {"spring.jmx.enabled=true", "ekko.dead-letters.gauge=100"})
@Timeout(180)
class DeadLetterToolsTest {

    private static final String STREAM = "DLQ";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Autowired
    private Ekko everybody;
    private Ekko ekko;
    @Autowired
    private JdbcTemplate database;
    @Autowired
    private DeadLetterStore store;
    @Autowired
    private MeterRegistry meters;
    private PendingAlerts alerts;

    @BeforeEach
    void noLetters() throws Exception {
        ekko = everybody.as("olga", "ops");
        management().purgeStream(STREAM);
        alerts = new PendingAlerts(database, "olga");
    }

    @Test
    void lettersAreListedOldestFirstWithWhatTheyWere() throws Exception {
        Pending pending = alerts.create();
        long first = keep("alerts.created", pending.created(), "IllegalStateException: broken", "2026-01-01T00:00:00Z", 0);
        long second = keep("jobs.alert.completed", "{}", "SchemaViolationException: bad", "2026-01-02T00:00:00Z", 2);
        JsonNode page = ekko.get("/dlq/").body();
        assertThat(seqs(page)).containsExactly(first, second);
        assertThat(page.get("next_after").isNull()).isTrue();
        JsonNode letter = page.at("/items/0");
        assertThat(letter.get("original_subject").asText()).isEqualTo("alerts.created");
        assertThat(letter.get("data")).isEqualTo(JSON.readTree(pending.created()));
        assertThat(letter.get("error").asText()).isEqualTo("IllegalStateException: broken");
        assertThat(ekko.get("/dlq").body()).isEqualTo(page);
        assertThat(ekko.get("/dlq/" + second).body()).isEqualTo(page.at("/items/1"));
        assertThat(ekko.get("/dlq/" + second + "/").body().get("redrive_count").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"alerts.created,1", "alerts.*,2", "alerts.>,2", "jobs.alert.*,1", "*.alert.*,1", ">,3", "alerts,0", "*,0", "jobs.alert.created,0"})
    void theFilterBySubjectTakesWildcards(String subject, int expected) throws Exception {
        keep("alerts.created", "{}", "e", "2026-01-01T00:00:00Z", 0);
        keep("alerts.updated", "{}", "e", "2026-01-01T00:00:00Z", 0);
        keep("jobs.alert.completed", "{}", "e", "2026-01-01T00:00:00Z", 0);
        assertThat(ekko.get("/dlq?subject=" + subject.replace(">", "%3E")).body().get("items")).hasSize(expected);
    }

    @Test
    void theFiltersByErrorAndTimeNarrowTheList() throws Exception {
        keep("alerts.created", "{}", "The request timed out", "2026-01-01T00:00:00Z", 0);
        keep("alerts.created", "{}", "No JSON", "2026-01-02T00:00:00Z", 0);
        keep("alerts.created", "{}", "TIMED OUT again", "2026-01-03T00:00:00.5Z", 0);
        assertThat(ekko.get("/dlq?error=timed%20out").body().get("items")).hasSize(2);
        assertThat(ekko.get("/dlq?since=2026-01-02T00:00:00Z").body().get("items")).hasSize(2);
        assertThat(ekko.get("/dlq?until=2026-01-02T00:00:00Z").body().get("items")).hasSize(1);
        assertThat(ekko.get("/dlq?since=2026-01-01T00:00:00Z&until=2026-01-03T00:00:00Z").body().get("items")).hasSize(2);
        assertThat(ekko.get("/dlq?error=timed%20out&since=2026-01-02T00:00:00Z&subject=alerts.%3E").body().get("items")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"since=2026-01-02T00:00:00Z", "since=2026-01-02T00%3A00%3A00Z", "since=2026-01-02T02%3A00%3A00%2B02%3A00", "error=%C3%A9chec", "subject=%61lerts.updated"})
    void aFilterMayBeEncodedAsClientsDo(String query) throws Exception {
        keep("alerts.created", "{}", "e", "2026-01-01T00:00:00Z", 0);
        long wanted = keep("alerts.updated", "{}", "\u00e9chec", "2026-01-02T00:00:00Z", 0);
        Answer found = ekko.get("/dlq?" + query);
        assertThat(found.status()).as(found.response().body()).isEqualTo(200);
        assertThat(seqs(found.body())).containsExactly(wanted);
    }

    @Test
    void theListIsPaged() throws Exception {
        List<Long> kept = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            kept.add(keep(i % 2 == 0 ? "alerts.created" : "jobs.alert.completed", "{}", "e", "2026-01-01T00:00:00Z", 0));
        }
        assertThat(ekko.delete("/dlq/" + kept.remove(4)).status()).isEqualTo(204);
        List<Long> seen = new ArrayList<>();
        for (String after = ""; after != null; ) {
            JsonNode page = ekko.get("/dlq?limit=2" + after).body();
            assertThat(page.get("items").size()).isBetween(1, 2);
            seen.addAll(seqs(page));
            after = page.get("next_after").isNull() ? null : "&after=" + page.get("next_after").asLong();
        }
        assertThat(seen).isEqualTo(kept);
        assertThat(seqs(ekko.get("/dlq?subject=jobs.%3E&limit=200").body())).hasSize(3);
        assertThat(ekko.get("/dlq?after=1000000").body().get("items")).isEmpty();
    }

    @Test
    void aForeignMessageInTheStreamHidesNoLetter() throws Exception {
        ekko.client().jetStream().publish("dlq.somebody", "no envelope".getBytes(StandardCharsets.UTF_8));
        ekko.client().jetStream().publish("dlq.somebody", "[1]".getBytes(StandardCharsets.UTF_8));
        long letter = keep("alerts.created", "{}", "e", "2026-01-01T00:00:00Z", 0);
        Answer list = ekko.get("/dlq");
        assertThat(list.status()).isEqualTo(200);
        assertThat(seqs(list.body())).contains(letter);
    }

    @Test
    void aLetterIsDeletedOnceAndTheAuditKnowsByWhom() throws Exception {
        long seq = keep("alerts.created", "{}", "e", "2026-01-01T00:00:00Z", 1);
        assertThat(ekko.delete("/dlq/" + seq).status()).isEqualTo(204);
        assertThat(ekko.delete("/dlq/" + seq).status()).isEqualTo(404);
        assertThat(ekko.get("/dlq/" + seq).status()).isEqualTo(404);
        assertThat(ekko.post("/dlq/" + seq + "/redrive", null).status()).isEqualTo(404);
        assertThat(audit(seq)).singleElement().satisfies(row -> assertThat(row).containsEntry("action", "delete").containsEntry("outcome", "done")
                .containsEntry("user_id", "olga").containsEntry("subject", "alerts.created").containsEntry("redrive_count", 1));
    }

    @Test
    void aRedrivenLetterIsProcessedUnderANewIdAndIsGone() throws Exception {
        Pending pending = alerts.create();
        long seq = keep("alerts.created", pending.created(), "e", "2026-01-01T00:00:00Z", 0);
        Answer redriven = ekko.post("/dlq/" + seq + "/redrive", null);
        assertThat(redriven.status()).isEqualTo(200);
        assertThat(redriven.body().get("outcome").asText()).isEqualTo("redriven");
        assertThat(redriven.body().get("message_id").asText()).isEqualTo("redrive-" + seq);
        await().until(() -> ekko.status(pending.id()), "active"::equals);
        Message message = ekko.heard("alerts.created", pending.id()).get(0);
        assertThat(message.getHeaders().getFirst("Nats-Msg-Id")).isEqualTo("redrive-" + seq);
        assertThat(message.getHeaders().getFirst("Ekko-Redrive-Count")).isEqualTo("1");
        assertThat(message.getHeaders().getFirst("X-Correlation-Id")).isEqualTo("c-" + pending.id());
        assertThat(message.getHeaders().getFirst("ce-dataschema")).isEqualTo("urn:ekko:schema:alerts.created:v1");
        assertThat(JSON.readTree(message.getData())).isEqualTo(JSON.readTree(pending.created()));
        assertThat(ekko.get("/dlq/" + seq).status()).isEqualTo(404);
        assertThat(audit(seq)).singleElement().satisfies(row -> assertThat(row).containsEntry("action", "redrive").containsEntry("outcome", "done")
                .containsEntry("user_id", "olga").containsEntry("message_id", "redrive-" + seq).containsEntry("subject", "alerts.created"));
    }


    @Test
    void aRedrivenLetterThatFailsAgainCountsItsRedrives() throws Exception {
        long seq = keep("alerts.created", "{\"alert\":{}}", "e", "2026-01-01T00:00:00Z", 0);
        assertThat(ekko.post("/dlq/" + seq + "/redrive", null).body().get("outcome").asText()).isEqualTo("redriven");
        JsonNode again = await().until(() -> ekko.get("/dlq?subject=alerts.created").body().get("items"), items -> items.size() == 1).get(0);
        assertThat(again.get("seq").asLong()).isGreaterThan(seq);
        assertThat(again.get("redrive_count").asInt()).isOne();
    }

    @Test
    void aLetterThatWasRedrivenTooOftenIsRefusedAndStays() throws Exception {
        long seq = keep("alerts.created", alerts.create().created(), "e", "2026-01-01T00:00:00Z", 3);
        Answer refused = ekko.post("/dlq/" + seq + "/redrive", null);
        assertThat(refused.body().get("outcome").asText()).isEqualTo("refused");
        assertThat(refused.body().get("detail").asText()).contains("3");
        assertThat(ekko.get("/dlq/" + seq).status()).isEqualTo(200);
        assertThat(audit(seq)).singleElement().satisfies(row -> assertThat(row).containsEntry("outcome", "refused").containsEntry("user_id", "olga"));
        Answer allowed = ekko.post("/dlq/redrive", "{\"max_redrives\":4}");
        assertThat(allowed.body().get("redriven").asInt()).isOne();
        assertThat(ekko.get("/dlq/" + seq).status()).isEqualTo(404);
    }

    @Test
    void aDryRunDoesNothing() throws Exception {
        Pending pending = alerts.create();
        long good = keep("alerts.created", pending.created(), "e", "2026-01-01T00:00:00Z", 0);
        long tooOften = keep("alerts.created", "{}", "e", "2026-01-01T00:00:00Z", 3);
        JsonNode report = ekko.post("/dlq/redrive", "{\"dry_run\":true}").body();
        assertThat(report.get("dry_run").asBoolean()).isTrue();
        assertThat(report.get("matched").asInt()).isEqualTo(2);
        assertThat(report.get("redriven").asInt()).isZero();
        assertThat(report.get("refused").asInt()).isOne();
        assertThat(report.at("/letters/0/outcome").asText()).isEqualTo("would_redrive");
        assertThat(report.at("/letters/1/outcome").asText()).isEqualTo("refused");
        assertThat(seqs(ekko.get("/dlq").body())).containsExactly(good, tooOften);
        assertThat(audit(good)).isEmpty();
        assertThat(audit(tooOften)).isEmpty();
        assertThat(ekko.status(pending.id())).isIn("pending", "failed");
        assertThat(ekko.heard("alerts.created", pending.id())).isEmpty();
    }

    @Test
    void aRedriveTakesOnlyWhatItsFilterFindsAndNotMoreThanItsLimit() throws Exception {
        List<Pending> pending = alerts.create(3);
        List<Long> kept = new ArrayList<>();
        for (Pending each : pending) {
            kept.add(keep("alerts.created", each.created(), "timed out", "2026-01-01T00:00:00Z", 0));
        }
        long other = keep("alerts.created", "{}", "no JSON", "2026-01-01T00:00:00Z", 0);
        JsonNode report = ekko.post("/dlq/redrive", "{\"error\":\"Timed Out\",\"limit\":2}").body();
        assertThat(report.get("matched").asInt()).isEqualTo(2);
        assertThat(report.get("redriven").asInt()).isEqualTo(2);
        assertThat(seqs(ekko.get("/dlq").body())).containsExactly(kept.get(2), other);
        await().until(() -> ekko.status(pending.get(1).id()), "active"::equals);
        assertThat(ekko.status(pending.get(2).id())).isIn("pending", "failed");
    }

    @ParameterizedTest
    @CsvSource({"since=yesterday,since", "since=2026-02-30T00:00:00Z,since", "since=2026-01-01,since", "until=1767225600,until", "limit=0,limit", "limit=201,limit", "limit=many,limit",
            "after=-1,after", "after=x,after", "subject=,subject", "error=,error"})
    void aBadFilterIsRefusedByItsName(String query, String field) {
        assertRefused(ekko.get("/dlq?" + query), field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"since\":\"yesterday\"}|since", "{\"since\":\"2026-02-30T00:00:00Z\"}|since", "{\"until\":17}|until", "{\"rate\":0}|rate", "{\"limit\":\"many\"}|limit",
            "{\"limit\":10001}|limit", "{\"max_redrives\":0}|max_redrives", "{\"dry_run\":\"maybe\"}|dry_run", "{\"subject\":\"\"}|subject", "{\"everything\":true}|everything"})
    void aBadOrderIsRefusedByTheNameOfItsField(String order, String field) throws Exception {
        long seq = keep("alerts.created", "{}", "e", "2026-01-01T00:00:00Z", 0);
        assertRefused(ekko.post("/dlq/redrive", order), field);
        assertThat(ekko.get("/dlq/" + seq).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dlq/x", "/dlq/0", "/dlq/-3", "/dlq/1.5"})
    void aSequenceThatIsNoneIsRefused(String path) {
        assertRefused(ekko.get(path), "seq");
    }

    private static void assertRefused(Answer answer, String field) {
        assertThat(answer.status()).as("%s", answer.response().body()).isEqualTo(400);
        assertThat(answer.response().headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body().get("errors")).as("%s", answer.body()).anySatisfy(error -> assertThat(error.get("field").asText()).contains(field));
    }

    @Test
    void aThousandLettersAreRedrivenOnceEachAtTheirRate() throws Exception {
        List<Pending> pending = alerts.create(1_000);
        List<Long> kept = new ArrayList<>();
        List<CompletableFuture<PublishAck>> acks = new ArrayList<>();
        for (Pending each : pending) {
            acks.add(ekko.client().jetStream().publishAsync("dlq.alerts.created", envelope("alerts.created", each.created(), "timed out", "2026-01-01T00:00:00Z", 0)));
        }
        for (CompletableFuture<PublishAck> ack : acks) {
            kept.add(ack.get(10, TimeUnit.SECONDS).getSeqno());
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> alerts.unsettled() == 0); // all are failed now
        JsonNode dry = ekko.post("/dlq/redrive", "{\"error\":\"timed out\",\"dry_run\":true}").body();
        assertThat(dry.get("matched").asInt()).isEqualTo(1_000);
        assertThat(dry.get("letters")).hasSize(1_000).allSatisfy(letter -> assertThat(letter.get("outcome").asText()).isEqualTo("would_redrive"));
        assertThat(database.queryForObject("SELECT count(*) FROM dead_letter_audit WHERE dead_letter >= ?", Long.class, kept.get(0))).isZero();
        assertThat(messagesInTheStream()).isEqualTo(1_000);

        long start = System.nanoTime();
        JsonNode report = ekko.post("/dlq/redrive", "{\"error\":\"timed out\",\"rate\":400}").body();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("1,000 dead letters redriven in " + took.toMillis() + " ms at 400 a second");
        assertThat(took).isGreaterThan(Duration.ofMillis(2_400));
        assertThat(report.get("redriven").asInt()).isEqualTo(1_000);
        List<UUID> ids = pending.stream().map(Pending::id).toList();
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            assertThat(times("alerts.created", ids)).containsOnly(1L);
            assertThat(times("jobs.alert.completed", ids)).containsOnly(1L);
            assertThat(times("alerts.updated", ids)).as("failed, and active after all").containsOnly(2L);
        });
        assertThat(messagesInTheStream()).isZero();
        List<Map<String, Object>> rows = database.queryForList("SELECT * FROM dead_letter_audit WHERE dead_letter >= ?", kept.get(0));
        assertThat(rows).extracting(row -> row.get("dead_letter")).containsExactlyInAnyOrderElementsOf(new ArrayList<Object>(kept));
        assertThat(rows).allSatisfy(row -> assertThat(row).containsEntry("action", "redrive").containsEntry("outcome", "done").containsEntry("user_id", "olga")
                .containsEntry("message_id", "redrive-" + row.get("dead_letter")).containsEntry("subject", "alerts.created"));
    }

    /** How often each alert was heard of. */
    private List<Long> times(String subject, List<UUID> alerts) {
        Map<String, Long> heard = ekko.heardByAlert(subject);
        return alerts.stream().map(alert -> heard.getOrDefault(alert.toString(), 0L)).toList();
    }

    @Test
    void aLetterThatCannotBeReadKeepsNoOtherFromBeingRedriven() throws Exception {
        Pending pending = alerts.create();
        long noBase64 = keep("alerts.created", "{\"encoding\":\"base64\",\"bytes\":\"%\"}", "e", "2026-01-01T00:00:00Z", 0);
        long withoutParts = keep("alerts.created", "{\"encoding\":\"base64\",\"bytes\":\"eA==\",\"parts\":2,\"parts_subject\":\"dlq.parts.gone\"}", "e", "2026-01-01T00:00:00Z", 0);
        long good = keep("alerts.created", pending.created(), "e", "2026-01-01T00:00:00Z", 0);
        JsonNode report = ekko.post("/dlq/redrive", "{}").body();
        assertThat(report.at("/letters")).extracting(letter -> letter.get("seq").asLong() + " " + letter.get("outcome").asText())
                .containsExactly(noBase64 + " failed", withoutParts + " failed", good + " redriven");
        assertThat(report.at("/letters/1/detail").asText()).contains("1 of 2 parts");
        assertThat(audit(noBase64)).singleElement().satisfies(row -> assertThat(row).containsEntry("outcome", "failed"));
        await().until(() -> ekko.status(pending.id()), "active"::equals);
    }

    @Test
    void aLetterInPartsHasItsOriginalBytesAndIsTooLargeToGoBack() throws Exception {
        byte[] original = new byte[1_048_576];
        new SplittableRandom(4).nextBytes(original);
        ekko.client().jetStream().publish("alerts.created", original);
        JsonNode letter = await().until(() -> ekko.get("/dlq").body().get("items"), items -> items.size() == 1).get(0);
        long seq = letter.get("seq").asLong();
        assertThat(letter.at("/data/parts").asInt()).isEqualTo(2);
        assertThat(store.original(store.find(seq).orElseThrow())).isEqualTo(original);
        assertThat(ekko.get("/dlq/" + (seq - 1)).status()).as("a part is no letter").isEqualTo(404);

        Answer failed = ekko.post("/dlq/" + seq + "/redrive", null);
        assertThat(failed.status()).isEqualTo(200);
        assertThat(failed.body().get("outcome").asText()).isEqualTo("failed");
        assertThat(failed.body().get("detail").asText()).contains("1048576").contains("alerts.created");
        assertThat(audit(seq)).singleElement().satisfies(row -> assertThat(row).containsEntry("outcome", "failed").containsEntry("user_id", "olga"));
        assertThat(store.original(store.find(seq).orElseThrow())).as("the letter stays").isEqualTo(original);
        assertThat(meters.find("nats.connection.events").tag("event", "connected").counters()).as("the attempt does not cost the connection")
                .singleElement().satisfies(counter -> assertThat(counter.count()).isOne());
        assertThat(meters.find("nats.connection.events").tag("event", "disconnected").counters()).allSatisfy(counter -> assertThat(counter.count()).isZero());

        assertThat(ekko.delete("/dlq/" + seq).status()).isEqualTo(204);
        assertThat(messagesInTheStream()).as("letter and parts").isZero();
    }

    @Test
    void theSameIsDoneOverJmx() throws Exception {
        List<Pending> pending = alerts.create(2);
        long one = keep("alerts.created", pending.get(0).created(), "e", "2026-01-01T00:00:00Z", 0);
        keep("alerts.created", pending.get(1).created(), "e", "2026-01-01T00:00:00Z", 0);
        long unwanted = keep("jobs.alert.completed", "{}", "e", "2026-01-01T00:00:00Z", 0);
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("routes:type=DeadLetters");

        assertThat((Map<?, ?>) server.getAttribute(name, "CountBySubject")).hasToString("{alerts.created=2, jobs.alert.completed=1}");
        JsonNode list = JSON.readTree((String) server.invoke(name, "list", new Object[]{"alerts.>"}, new String[]{"java.lang.String"}));
        assertThat(list.get("items")).hasSize(2);
        assertThat(JSON.readTree((String) server.invoke(name, "list", new Object[]{""}, new String[]{"java.lang.String"})).get("items")).hasSize(3);
        JsonNode dry = JSON.readTree((String) server.invoke(name, "redriveAll", new Object[]{"alerts.>", true}, new String[]{"java.lang.String", "boolean"}));
        assertThat(dry.get("matched").asInt()).isEqualTo(2);
        JsonNode redriven = JSON.readTree((String) server.invoke(name, "redrive", new Object[]{one}, new String[]{"long"}));
        assertThat(redriven.get("outcome").asText()).isEqualTo("redriven");
        JsonNode rest = JSON.readTree((String) server.invoke(name, "redriveAll", new Object[]{"alerts.created", false}, new String[]{"java.lang.String", "boolean"}));
        assertThat(rest.get("redriven").asInt()).isOne();
        server.invoke(name, "delete", new Object[]{unwanted}, new String[]{"long"});
        await().until(() -> pending.stream().allMatch(each -> ekko.status(each.id()).equals("active")));
        assertThat(messagesInTheStream()).isZero();
        assertThat(audit(one)).singleElement().satisfies(row -> assertThat(row).containsEntry("user_id", "jmx").containsEntry("outcome", "done"));
        assertThat(audit(unwanted)).singleElement().satisfies(row -> assertThat(row).containsEntry("user_id", "jmx").containsEntry("action", "delete"));
    }

    @Test
    void theGaugeCountsLettersBySubjectAndForgetsThoseThatAreGone() throws Exception {
        keep("alerts.created", "{}", "e", "2026-01-01T00:00:00Z", 0);
        keep("alerts.created", "{}", "e", "2026-01-01T00:00:00Z", 0);
        long job = keep("jobs.alert.completed", "{}", "e", "2026-01-01T00:00:00Z", 0);
        await().untilAsserted(() -> {
            assertThat(gauge("alerts.created")).isEqualTo(2);
            assertThat(gauge("jobs.alert.completed")).isEqualTo(1);
        });
        ekko.delete("/dlq/" + job);
        await().untilAsserted(() -> assertThat(gauge("jobs.alert.completed")).isZero());
        assertThat(gauge("alerts.created")).isEqualTo(2);
    }

    private double gauge(String subject) {
        var gauge = meters.find("ekko.dead.letters").tag("subject", subject).gauge();
        return gauge == null ? -1 : gauge.value();
    }

    /** Keeps a dead letter as a consumer would have. @return its sequence */
    private long keep(String subject, String data, String error, String failedAt, int redrives) throws Exception {
        return ekko.client().jetStream().publish("dlq." + subject, envelope(subject, data, error, failedAt, redrives)).getSeqno();
    }

    private static byte[] envelope(String subject, String data, String error, String failedAt, int redrives) throws Exception {
        JsonNode original = JSON.readTree(data);
        ObjectNode envelope = JSON.createObjectNode().put("original_subject", subject).put("error", error).put("failed_at", Instant.parse(failedAt).toString())
                .put("attempts", 5).put("stream", "ALERTS").put("stream_seq", 1).put("consumer", "nlp-alert-created")
                .put("correlation_id", original.path("correlation_id").asText(UUID.randomUUID().toString())).put("redrive_count", redrives);
        envelope.set("data", original);
        return JSON.writeValueAsBytes(envelope);
    }

    private List<Map<String, Object>> audit(long letter) {
        return database.queryForList("SELECT * FROM dead_letter_audit WHERE dead_letter = ?", letter);
    }

    private static List<Long> seqs(JsonNode page) {
        return StreamSupport.stream(page.get("items").spliterator(), false).map(item -> item.get("seq").asLong()).toList();
    }

    private long messagesInTheStream() throws Exception {
        return management().getStreamInfo(STREAM, StreamInfoOptions.allSubjects()).getStreamState().getMsgCount();
    }

    private JetStreamManagement management() throws Exception {
        return ekko.client().jetStreamManagement();
    }
}
