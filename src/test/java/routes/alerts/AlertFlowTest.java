package routes.alerts;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.nats.client.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import routes.alerts.Ekko.Answer;
import routes.contracts.Schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** From a sentence to an active alert and back, over real HTTP, PostgreSQL and JetStream. */
@EkkoTest
class AlertFlowTest {

    private static final String SENTENCE = "Alert me when my AVAX balance goes above 10";

    @Autowired
    private Ekko ekko;
    @Autowired
    private JdbcTemplate database;

    @Test
    void aSentenceBecomesAnActiveAlertWithItsSpec() {
        Answer created = ekko.post("/alerts/", ekko.alert("AVAX Balance Alert", SENTENCE), "X-Correlation-Id", "order-66");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.body().get("status").asText()).isEqualTo("pending");
        assertThat(created.response().headers().allValues("X-Correlation-Id")).containsExactly("order-66");
        UUID id = UUID.fromString(created.body().get("id").asText());
        assertThat(created.response().headers().firstValue("Location")).contains("/alerts/" + id);

        await().atMost(Duration.ofSeconds(5)).until(() -> ekko.status(id), "active"::equals);
        JsonNode spec = ekko.get("/alerts/" + id).body().get("spec");
        assertThat(spec.at("/target/asset").asText()).isEqualTo("AVAX");
        assertThat(spec.at("/target/network").asText()).isEqualTo("AVAX:mainnet");
        JsonNode leaf = spec.at("/condition/all/0");
        assertThat(leaf.get("metric").asText()).isEqualTo("balance");
        assertThat(leaf.get("op").asText()).isEqualTo("gt");
        assertThat(leaf.get("value").asText()).isEqualTo("10");
        assertThat(leaf.get("value").isTextual()).isTrue();
    }

    /** But for ids, times and names. */
    @ParameterizedTest
    @ValueSource(strings = {"ActiveAlert", "UnclearAlert"})
    void theContractsExamplesAreWhatTheServiceSays(String name) throws IOException {
        JsonNode contract = new YAMLMapper().readTree(new ClassPathResource("static/openapi.yaml").getInputStream());
        ObjectNode example = (ObjectNode) contract.at("/components/examples/" + name + "/value");
        UUID id = ekko.create(example.get("nl_description").asText());
        await().until(() -> ekko.status(id), example.get("status").asText()::equals);
        ObjectNode alert = (ObjectNode) ekko.get("/alerts/" + id).body();
        List<String> own = List.of("id", "name", "job_id", "created_at", "updated_at");
        assertThat(alert.remove(own)).isEqualTo(example.remove(own));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "application/json;charset=UTF-8", "application/json; charset=\"utf-8\""})
    void jsonMayNameItsCharset(String type) {
        Answer created = ekko.post("/alerts", ekko.alert("Größe", SENTENCE), "Content-Type", type);
        assertThat(created.status()).as(String.valueOf(created.body())).isEqualTo(201);
        assertThat(created.body().get("name").asText()).isEqualTo("Größe");
    }

    @Test
    void everyMessageOnTheWayHasItsBodyAndHeaders() {
        UUID id = ekko.create(SENTENCE);
        for (String subject : List.of("alerts.created", "jobs.alert.completed", "alerts.template.matched", "alerts.updated")) {
            Message message = await(subject).until(() -> ekko.heard(subject, id), heard -> !heard.isEmpty()).get(0);
            assertThat(Schemas.problems(subject, new String(message.getData()))).as(subject).isEmpty();
            assertThat(message.getHeaders().keySet()).as(subject).contains("Nats-Msg-Id", "X-Correlation-Id",
                    "ce-specversion", "ce-id", "ce-type", "ce-source", "ce-time", "ce-dataschema");
            assertThat(message.getHeaders().getFirst("ce-id")).isEqualTo(message.getHeaders().getFirst("Nats-Msg-Id"));
            assertThat(message.getHeaders().getFirst("ce-dataschema")).isEqualTo("urn:ekko:schema:" + subject + ":v1");
            JsonNode body = ekko.body(message);
            assertThat(body.get("correlation_id").asText()).isEqualTo(message.getHeaders().getFirst("X-Correlation-Id"));
            if (subject.startsWith("alerts.")) {
                assertThat(body.get("id").asText()).isEqualTo(message.getHeaders().getFirst("Nats-Msg-Id"));
                assertThat(body.at("/alert/id").asText()).isEqualTo(id.toString());
            }
        }
        assertThat(ekko.heard("alerts.updated", id)).hasSize(1);
        JsonNode updated = ekko.body(ekko.heard("alerts.updated", id).get(0));
        assertThat(updated.at("/alert/status").asText()).isEqualTo("active");
        assertThat(updated.at("/alert/spec/condition/all/0/op").asText()).isEqualTo("gt");
        JsonNode matched = ekko.body(ekko.heard("alerts.template.matched", id).get(0));
        assertThat(matched.at("/match/template_id").asText()).isEqualTo("balance_threshold.v1");
        assertThat(matched.at("/match/parameters/threshold").decimalValue()).isEqualByComparingTo("10");
    }

    @Test
    void oneCorrelationIdFollowsTheAlertThroughEveryMessage() {
        Answer created = ekko.post("/alerts", ekko.alert("a", SENTENCE), "X-Correlation-Id", "trace-me");
        UUID id = UUID.fromString(created.body().get("id").asText());
        await().until(() -> !ekko.heard("alerts.updated", id).isEmpty());
        assertThat(List.of("alerts.created", "jobs.alert.completed", "alerts.updated")).allSatisfy(subject ->
                assertThat(ekko.heard(subject, id).get(0).getHeaders().getFirst("X-Correlation-Id")).isEqualTo("trace-me"));
    }

    @Test
    void aChangedSentenceIsWorkedOutAgain() {
        UUID id = ekko.create(SENTENCE);
        await().until(() -> ekko.status(id), "active"::equals);
        Answer changed = ekko.patch("/alerts/" + id, "{\"nl_description\":\"Alert me when ETH gas is below 50 gwei\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().get("status").asText()).isEqualTo("pending");
        assertThat(changed.body().get("spec").isNull()).isTrue();
        await().until(() -> ekko.status(id), "active"::equals);
        assertThat(ekko.get("/alerts/" + id).body().get("sub_event").asText()).isEqualTo("GAS_PRICE_THRESHOLD");
        await().until(() -> ekko.heard("alerts.updated", id).size() == 3);
        Message job = ekko.heard("jobs.alert.created", id).get(0);
        assertThat(Schemas.problems("jobs.alert.created", new String(job.getData()))).isEmpty();
    }

    @Test
    void aNewNameNeedsNoNewSpec() {
        UUID id = ekko.create(SENTENCE);
        await().until(() -> ekko.status(id), "active"::equals);
        Answer renamed = ekko.patch("/alerts/" + id + "/", "{\"name\":\"Another name\"}");
        assertThat(renamed.body().get("name").asText()).isEqualTo("Another name");
        assertThat(renamed.body().get("status").asText()).isEqualTo("active");
        await().until(() -> ekko.heard("alerts.updated", id).size() == 2);
        assertThat(ekko.heard("jobs.alert.created", id)).isEmpty();
        Answer same = ekko.patch("/alerts/" + id, "{\"name\":\"Another name\"}");
        assertThat(same.body().get("version")).isEqualTo(renamed.body().get("version"));
    }

    @Test
    void anUnknownSentenceIsNeverGuessed() {
        UUID id = ekko.create("Tell me when my balance drops below 0.5");
        await().until(() -> ekko.status(id), "needs_clarification"::equals);
        JsonNode alert = ekko.get("/alerts/" + id).body();
        assertThat(alert.get("spec").isNull()).isTrue();
        assertThat(alert.get("missing_info")).isNotEmpty();
    }

    @Test
    void switchingAndDeletingTellOfIt() {
        UUID id = ekko.create(SENTENCE);
        assertThat(ekko.post("/alerts/" + id + "/disable", null).body().get("enabled").asBoolean()).isFalse();
        assertThat(ekko.post("/alerts/" + id + "/disable/", null).body().get("enabled").asBoolean()).isFalse();
        assertThat(ekko.post("/alerts/" + id + "/enable", null).body().get("enabled").asBoolean()).isTrue();
        assertThat(ekko.delete("/alerts/" + id).status()).isEqualTo(204);
        assertThat(ekko.get("/alerts/" + id).status()).isEqualTo(404);
        assertThat(ekko.delete("/alerts/" + id).status()).isEqualTo(404);
        await().until(() -> !ekko.heard("alerts.deleted", id).isEmpty());
        for (String subject : List.of("alerts.disabled", "alerts.enabled", "alerts.deleted")) {
            assertThat(ekko.heard(subject, id)).as(subject).hasSize(1);
            assertThat(Schemas.problems(subject, new String(ekko.heard(subject, id).get(0).getData()))).as(subject).isEmpty();
        }
    }

    @Test
    void aJobCanBeLookedUp() {
        Answer created = ekko.post("/alerts", ekko.alert("a", SENTENCE));
        String job = created.body().get("job_id").asText();
        await().until(() -> ekko.get("/jobs/" + job).body().get("status").asText(), "completed"::equals);
        JsonNode found = ekko.get("/jobs/" + job + "/").body();
        assertThat(found.get("alert_id")).isEqualTo(created.body().get("id"));
        assertThat(found.get("type").asText()).isEqualTo("process_alert_spec");
        assertThat(ekko.get("/jobs/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void theListIsPagedAndFiltered() {
        List<UUID> ids = java.util.stream.IntStream.range(0, 5).mapToObj(i -> ekko.create(SENTENCE)).toList();
        ekko.post("/alerts/" + ids.get(2) + "/disable", null);
        java.util.ArrayList<String> seen = new java.util.ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = ekko.get("/alerts/?limit=2" + cursor).body();
            assertThat(page.get("items").size()).isBetween(1, 2);
            page.get("items").forEach(item -> seen.add(item.get("id").asText()));
            cursor = page.get("next_cursor").isNull() ? null : "&cursor=" + page.get("next_cursor").asText();
        } while (cursor != null);
        assertThat(seen).doesNotHaveDuplicates().containsSubsequence(ids.stream().map(UUID::toString).sorted(
                java.util.Comparator.comparing(id -> -ids.indexOf(UUID.fromString(id)))).toList());
        JsonNode disabled = ekko.get("/alerts?enabled=false").body().get("items");
        assertThat(disabled).anyMatch(item -> item.get("id").asText().equals(ids.get(2).toString()))
                .allMatch(item -> !item.get("enabled").asBoolean());
        assertThat(ekko.get("/alerts?status=failed").body().get("items")).allMatch(item -> item.get("status").asText().equals("failed"))
                .noneMatch(item -> ids.contains(UUID.fromString(item.get("id").asText())));
    }

    @Test
    void aRepeatedRequestIsAnsweredAsTheFirst() {
        String key = UUID.randomUUID().toString();
        Answer first = ekko.post("/alerts", ekko.alert("a", SENTENCE), "Idempotency-Key", key);
        Answer again = ekko.post("/alerts", ekko.alert("a", SENTENCE), "Idempotency-Key", key);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.response().headers().firstValue("Location")).isEqualTo(first.response().headers().firstValue("Location"));
        Answer other = ekko.post("/alerts", ekko.alert("b", SENTENCE), "Idempotency-Key", key);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.body().at("/errors/0/field").asText()).isEqualTo("Idempotency-Key");
        UUID id = UUID.fromString(first.body().get("id").asText());
        await().until(() -> ekko.status(id), "active"::equals);
        assertThat(ekko.heard("alerts.created", id)).hasSize(1);
    }

    @Test
    void aResultThatComesTwiceOrLateChangesNothing() throws Exception {
        UUID id = ekko.create(SENTENCE);
        await().until(() -> ekko.heard("alerts.updated", id).size() == 1);
        Message result = ekko.heard("jobs.alert.completed", id).get(0);
        // the same result under another message id: the stream cannot tell, the database can
        ekko.client().jetStream().publish("jobs.alert.completed", result.getData());
        UUID marker = ekko.create(SENTENCE);
        await().until(() -> ekko.status(marker), "active"::equals);
        await().until(() -> ekko.client().jetStreamManagement().getStreamInfo("JOBS").getStreamState().getMsgCount() == 0);
        assertThat(ekko.heard("alerts.updated", id)).hasSize(1);
        assertThat(ekko.get("/alerts/" + id).body().get("version").asInt()).isEqualTo(2);
    }

    @Test
    void theOutboxIsEmptyInTheEnd() {
        ekko.create(SENTENCE);
        await().until(() -> database.queryForObject("SELECT count(*) FROM outbox WHERE sent_at IS NULL", Long.class) == 0);
    }
}
