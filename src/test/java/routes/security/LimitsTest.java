package routes.security;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import routes.alerts.Ekko;
import routes.alerts.Ekko.Answer;
import routes.alerts.EkkoTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is switched on by settings: the limit on requests, and pages of other origins; and long waits for slow bodies. */
@EkkoTest
@DirtiesContext
@Timeout(120)
@TestPropertySource(properties = {"ekko.rest.rate-limit=5", "ekko.rest.cors-origins=https://app.example",
        "ekko.rest.body-timeout=1m", "server.tomcat.connection-timeout=1m", "server.tomcat.threads.max=" + LimitsTest.THREADS})
class LimitsTest {

    static final int THREADS = 10;

    @Autowired
    private Ekko ekko;

    @Test
    void oneUsersManyRequestsAreRefusedAndNobodyElses() {
        Ekko eager = ekko.as("eager");
        List<Answer> answers = IntStream.range(0, 30).mapToObj(i -> eager.get("/alerts")).toList();
        assertThat(answers).anyMatch(answer -> answer.status() == 200);
        Answer refused = answers.stream().filter(answer -> answer.status() == 429).findFirst().orElseThrow();
        assertThat(refused.response().headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.response().headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.body().get("status").asInt()).isEqualTo(429);
        assertThat(ekko.as("calm").get("/alerts").status()).isEqualTo(200);
        await().until(() -> eager.get("/alerts").status() == 200);
    }

    @Test
    void requestsThatAreForbiddenOrAboutNothingCountToo() {
        Ekko prober = ekko.as("prober");
        assertThat(IntStream.range(0, 30).map(i -> prober.get("/dlq/" + (i + 1)).status()).boxed()).contains(403, 429);
    }

    @Test
    void probesMetricsAndTheContractAreNotLimited() {
        for (String path : List.of("/actuator/health/liveness", "/actuator/health/readiness", "/actuator/health", "/openapi.yaml", "/docs/index.html")) {
            assertThat(IntStream.range(0, 15).map(i -> ekko.as("monitor").get(path).status())).as(path).containsOnly(200);
        }
        assertThat(IntStream.range(0, 15).map(i -> ekko.as("prometheus", "ops").get("/actuator/prometheus").status())).containsOnly(200);
    }

    /** Users whose bodies are waited for, and strangers who have their answer and go on sending. */
    @ParameterizedTest
    @ValueSource(strings = {"Authorization: %s\r\nContent-Length: 1000\r\n\r\n{", "Authorization: %s\r\nTransfer-Encoding: chunked\r\n\r\n5",
            "Content-Length: 1000\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n5"})
    void moreSlowBodiesThanThereAreThreadsDoNotStopOthers(String slow) throws Exception {
        List<RawHttp> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 4 * THREADS; i++) {
                RawHttp client = new RawHttp(ekko.port());
                clients.add(client);
                client.send("POST /alerts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + slow.formatted("Bearer " + Tokens.of("slow-" + i)));
            }
            assertThat(ekko.as("quick").get("/alerts").status()).isEqualTo(200);
            assertThat(ekko.as("busy").post("/alerts", ekko.alert("a", "Alert me when my AVAX balance goes above 10")).status()).isEqualTo(201);
            for (RawHttp client : clients) {
                assertThat(client.isAnswered()).as("answered").isEqualTo(!slow.startsWith("Authorization"));
            }
        } finally {
            for (RawHttp client : clients) {
                client.close();
            }
        }
    }

    /** Its answer is not lost, and the connection is good for the next request. */
    @Test
    void aStrangersBodyMayFollowTheAnswer() throws Exception {
        String head = "POST /alerts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        try (RawHttp stranger = new RawHttp(ekko.port())) {
            stranger.send(head + "Content-Length: 100000\r\n\r\n");
            await().until(stranger::isAnswered);
            stranger.send("x".repeat(100_000) + head + "Content-Length: 1\r\nConnection: close\r\n\r\nx");
            assertThat(stranger.answer()).containsPattern("(?s)HTTP/1.1 401.*HTTP/1.1 401");
        }
    }

    @Test
    void aPageOfAConfiguredOriginMayUseTheApi() throws Exception {
        String preflight = preflight("https://app.example", "PATCH", "authorization,content-type,idempotency-key");
        assertThat(preflight).startsWith("HTTP/1.1 200").contains("Access-Control-Allow-Origin: https://app.example").doesNotContain("Allow-Credentials");
        String answer = RawHttp.ask(ekko.port(), "GET /alerts HTTP/1.1\r\nHost: localhost\r\nOrigin: https://app.example\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n".formatted(Tokens.of("browser")));
        assertThat(answer).startsWith("HTTP/1.1 200").contains("Access-Control-Allow-Origin: https://app.example").contains("Access-Control-Expose-Headers: Location");
    }

    @Test
    void aPageOfAnotherOriginMayNot() throws Exception {
        for (String answer : List.of(preflight("https://evil.example", "GET", ""), preflight("null", "GET", ""), preflight("https://app.example.evil.example", "GET", ""),
                preflight("https://app.example", "PUT", ""), preflight("https://app.example", "GET", "x-other"))) {
            assertThat(answer).startsWith("HTTP/1.1 403").contains("application/problem+json").doesNotContain("Access-Control-Allow-Origin");
        }
    }

    private String preflight(String origin, String method, String headers) throws Exception {
        return RawHttp.ask(ekko.port(), "OPTIONS /alerts HTTP/1.1\r\nHost: localhost\r\nOrigin: %s\r\nAccess-Control-Request-Method: %s\r\n%sConnection: close\r\n\r\n"
                .formatted(origin, method, headers.isEmpty() ? "" : "Access-Control-Request-Headers: " + headers + "\r\n"));
    }
}
