package routes.templates;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.impl.NatsMessage;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.test.context.TestPropertySource;
import routes.alerts.Ekko;
import routes.alerts.Ekko.Answer;
import routes.alerts.EkkoTest;
import routes.contracts.Schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Template matching: over REST behind cache and breaker, and by any NATS client directly. */
@EkkoTest
@AutoConfigureObservability
@TestPropertySource(properties = {"ekko.breakers.template-match.open-for=3s", "ekko.templates.request-timeout=2000"})
@Timeout(60)
class TemplateMatchTest {

    private static final String REQUEST = "templates.match.request";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Autowired
    private Ekko ekko;
    @Autowired
    private CamelContext camel;

    @AfterEach
    void responderIsBack() throws Exception {
        camel.getRouteController().startRoute("answer-template-request");
        await().atMost(Duration.ofSeconds(20)).until(() -> match("BTC above " + System.nanoTime() % 100_000).status(), status -> status == 200);
    }

    private Answer match(String sentence) {
        return ekko.post("/templates/match", JSON.createObjectNode().put("nl_description", sentence));
    }

    private static byte[] request(String id, String sentence) {
        return JSON.createObjectNode().put("id", id).put("timestamp", "2026-01-01T00:00:00Z").put("nl_description", sentence)
                .put("user_id", "u").put("correlation_id", "c-" + id).toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aSentenceIsMatchedAndTheAnswerIsTheContracts() {
        Answer answer = match("Alert me when ETH gas is below 50 gwei");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(Schemas.problems("templates.match.response", answer.body().toString())).isEmpty();
        assertThat(answer.body().at("/matches/0/template_id").asText()).isEqualTo("gas_price_threshold.v1");
        assertThat(answer.body().at("/matches/0/parameters/threshold").asInt()).isEqualTo(50);
        assertThat(answer.body().get("correlation_id").asText()).isEqualTo(answer.response().headers().firstValue("X-Correlation-Id").orElseThrow());
    }

    @Test
    void theSameSentenceIsAnsweredFromTheCacheEachTimeToItsOwnRequest() {
        Answer first = match("Alert me when ETH gas is below 51 gwei");
        double hits = hits();
        Answer again = match("  Alert me when ETH   gas is below 51 gwei ");
        assertThat(hits()).isEqualTo(hits + 1);
        assertThat(again.body().get("conditions")).isEqualTo(first.body().get("conditions"));
        assertThat(again.body().get("request_id")).isNotEqualTo(first.body().get("request_id"));
        assertThat(again.body().get("correlation_id")).isNotEqualTo(first.body().get("correlation_id"));
    }

    private double hits() {
        return ekko.get("/actuator/prometheus").response().body().lines()
                .filter(line -> line.startsWith("cache_gets_total{cache=\"template-matches\",result=\"hit\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    @Test
    void theCatalogueListsEveryTemplateWithExamplesThatMatch() {
        JsonNode items = ekko.get("/templates/").body().get("items");
        assertThat(items.size()).isGreaterThanOrEqualTo(30);
        for (JsonNode template : items) {
            assertThat(template.get("examples")).isNotEmpty();
            Answer answer = match(template.at("/examples/0/sentence").asText());
            assertThat(answer.body().at("/matches/0/template_id")).as(template.toString()).isEqualTo(template.get("id"));
        }
    }

    @Test
    void anyNatsClientMayAsk() throws Exception {
        Message reply = ekko.client().request(REQUEST, request("r-1", "Alert me when BTC price goes above 100k"), Duration.ofSeconds(5));
        JsonNode answer = JSON.readTree(reply.getData());
        assertThat(answer.get("request_id").asText()).isEqualTo("r-1");
        assertThat(answer.get("correlation_id").asText()).isEqualTo("c-r-1");
        assertThat(answer.get("status").asText()).isEqualTo("matched");
        assertThat(reply.getHeaders().keySet()).contains("ce-id", "ce-type", "X-Correlation-Id");
    }

    @Test
    void aReplyOnAResponseSubjectIsKeptInTheStream() throws Exception {
        String subject = "templates.match.response." + UUID.randomUUID();
        ekko.client().publish(NatsMessage.builder().subject(REQUEST).replyTo(subject).data(request("kept", "BTC price above 100k")).build());
        await().ignoreExceptions().until(() -> ekko.client().jetStreamManagement().getLastMessage("TEMPLATES", subject) != null);
        assertThat(JSON.readTree(ekko.client().jetStreamManagement().getLastMessage("TEMPLATES", subject).getData()).get("request_id").asText()).isEqualTo("kept");
    }

    @Test
    void aRequestWithoutAReplySubjectIsAnsweredOnTheResponseSubject() throws Exception {
        String id = UUID.randomUUID().toString();
        Subscription responses = ekko.client().subscribe("templates.match.response");
        ekko.client().publish(REQUEST, request(id, "BTC price above 100k"));
        await().until(() -> {
            Message response = responses.nextMessage(Duration.ofMillis(200));
            return response != null && JSON.readTree(response.getData()).get("request_id").asText().equals(id);
        });
    }

    @Test
    void theResponderIsAMicroService() throws Exception {
        JsonNode info = JSON.readTree(ekko.client().request("$SRV.INFO.template-matcher", null, Duration.ofSeconds(2)).getData());
        assertThat(info.at("/endpoints/0/subject").asText()).isEqualTo(REQUEST);
        assertThat(info.at("/endpoints/0/queue_group").asText()).isEqualTo("template-matchers");
        assertThat(JSON.readTree(ekko.client().request("$SRV.PING.template-matcher", null, Duration.ofSeconds(2)).getData()).get("name").asText())
                .isEqualTo("template-matcher");
        await("each instance counts its own requests, and any of them answers").until(() -> {
            ekko.client().request(REQUEST, request("counted", "BTC above 1"), Duration.ofSeconds(2));
            JsonNode stats = JSON.readTree(ekko.client().request("$SRV.STATS.template-matcher", null, Duration.ofSeconds(2)).getData());
            return stats.at("/endpoints/0").has("num_requests");
        });
    }

    @Test
    void aBadRequestIsToldSoAndCostsNoFailure() throws Exception {
        Message noJson = ekko.client().request(REQUEST, "no json".getBytes(), Duration.ofSeconds(2));
        assertThat(noJson.getHeaders().getFirst("Nats-Service-Error-Code")).isEqualTo("400");
        Message noSentence = ekko.client().request(REQUEST, "{}".getBytes(), Duration.ofSeconds(2));
        assertThat(noSentence.getHeaders().getFirst("Nats-Service-Error")).contains("nl_description");
        assertThat(match("   ").status()).isEqualTo(400);
    }

    @Test
    void aDeadResponderIsATimeoutThenAnOpenBreakerAndThenRecovers() throws Exception {
        assertThat(match("Alert me when ETH gas is below 77 gwei").status()).isEqualTo(200);
        camel.getRouteController().stopRoute("answer-template-request");
        for (int i = 0; i < 5; i++) {
            Answer dead = match("Alert me when ETH gas is below 10" + i + " gwei");
            assertThat(dead.status()).isEqualTo(504);
            assertThat(dead.response().headers().firstValue("Content-Type")).contains("application/problem+json");
        }
        Answer open = match("Alert me when ETH gas is below 200 gwei");
        assertThat(open.status()).isEqualTo(503);
        assertThat(open.response().headers().firstValue("Retry-After")).contains("3");
        assertThat(match("Alert me when ETH gas is below 77 gwei").status()).as("in the cache").isEqualTo(200);
        assertThat(ekko.get("/actuator/health").body().at("/components/breakers/details/template-match").asText()).isEqualTo("open");
        camel.getRouteController().startRoute("answer-template-request");
        await().atMost(Duration.ofSeconds(6)).until(() -> match("Alert me when ETH gas is below 200 gwei").status() == 200);
    }

    @Test
    void aResponderThatKeepsSilentIsATimeout() throws Exception {
        camel.getRouteController().stopRoute("answer-template-request");
        Subscription silent = ekko.client().subscribe(REQUEST);
        ekko.client().flush(Duration.ofSeconds(1));
        Answer late = match("Alert me when ETH gas is below 99 gwei");
        silent.unsubscribe();
        assertThat(late.status()).isEqualTo(504);
        assertThat(late.body().get("title").asText()).isEqualTo("Gateway Timeout");
    }

    @Test
    void fiveThousandRequestsAreAnsweredWithinTenSeconds() throws Exception {
        Connection client = ekko.client();
        List<CompletableFuture<Message>> replies = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < 5_000; i++) {
            replies.add(client.requestWithTimeout(REQUEST, request("bulk-" + i, "Alert me when BTC price goes above " + (i + 1)), Duration.ofSeconds(10)));
        }
        for (int i = 0; i < replies.size(); i++) {
            JsonNode answer = JSON.readTree(replies.get(i).get(10, TimeUnit.SECONDS).getData());
            assertThat(answer.get("request_id").asText()).isEqualTo("bulk-" + i);
            assertThat(answer.at("/conditions/0/parameters/threshold").asInt()).isEqualTo(i + 1);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    /** The same request id from many clients: each gets the answer to its own sentence. */
    @Test
    void aReusedRequestIdNeverGetsAnothersAnswer() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(64);
        List<Future<Void>> done = new ArrayList<>();
        for (int i = 0; i < 640; i++) {
            int threshold = i + 1;
            done.add(clients.submit(() -> {
                Answer http = match("Alert me when SOL price goes above " + threshold);
                assertThat(http.status()).isEqualTo(200);
                assertThat(http.body().at("/conditions/0/parameters/threshold").asInt()).isEqualTo(threshold);
                Message reply = ekko.client().request(REQUEST, request("reused", "Alert me when SOL price goes below " + threshold), Duration.ofSeconds(5));
                assertThat(JSON.readTree(reply.getData()).at("/conditions/0/parameters/threshold").asInt()).isEqualTo(threshold);
                return null;
            }));
        }
        clients.shutdown();
        for (Future<Void> each : done) {
            each.get(30, TimeUnit.SECONDS);
        }
    }
}
