package routes.security;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import routes.alerts.Ekko;
import routes.alerts.Ekko.Answer;
import routes.alerts.EkkoTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Attacks on the REST API: nobody gets in without a good token, and nobody gets at what is another's or an operator's. */
@EkkoTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = {"logging.level.routes.security=INFO", "ekko.rest.body-timeout=1s", "server.tomcat.connection-timeout=2s"})
class RestSecurityTest {

    private static final String SENTENCE = "Alert me when my AVAX balance goes above 10";

    @Autowired
    private Ekko ekko;
    @Autowired
    private JdbcTemplate database;
    @Autowired
    private MeterRegistry meters;

    // ---- tokens

    static Stream<Arguments> badTokens() throws Exception {
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        JWTClaimsSet good = Tokens.claims("alice", "ops").build();
        SignedJWT byAnother = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), good);
        byAnother.sign(new RSASSASigner(rsa.getPrivate()));
        String real = Tokens.of("alice", "ops");
        String[] parts = real.split("\\.");
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"sub\":\"olga\",\"scope\":\"ops\",\"exp\":4102444800}".getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                arguments("signature", "of another secret", Tokens.signed(good, "another secret, which is long enough too")),
                arguments("signature", "changed claims", parts[0] + "." + forged + "." + parts[2]),
                arguments("signature", "RS256 of a key of one's own", byAnother.serialize()),
                arguments("signature", "HS256 signed with a public key", Tokens.signed(good, rsa.getPublic().getEncoded(), JWSAlgorithm.HS256)),
                arguments("signature", "HS512 by the secret", Tokens.signed(good, (Tokens.SECRET + Tokens.SECRET).getBytes(StandardCharsets.UTF_8), JWSAlgorithm.HS512)),
                arguments("malformed", "alg none", new PlainJWT(good).serialize()),
                arguments("malformed", "alg none with the old signature", header("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]),
                arguments("malformed", "no signature", parts[0] + "." + parts[1] + "."),
                arguments("malformed", "two parts", parts[0] + "." + parts[1]),
                arguments("malformed", "no token", "abc"),
                arguments("malformed", "two tokens", real + " " + real),
                arguments("malformed", "header that is no JSON", header("{") + "." + parts[1] + "." + parts[2]),
                arguments("expired", "expired", Tokens.signed(Tokens.claims("alice").expirationTime(Date.from(Instant.now().minusSeconds(120))).build(), Tokens.SECRET)),
                arguments("not_yet_valid", "for tomorrow", Tokens.signed(Tokens.claims("alice").notBeforeTime(Date.from(Instant.now().plusSeconds(80_000))).build(), Tokens.SECRET)),
                arguments("subject", "no sub", Tokens.signed(Tokens.claims(null).build(), Tokens.SECRET)),
                arguments("subject", "empty sub", Tokens.signed(Tokens.claims("").build(), Tokens.SECRET)),
                arguments("subject", "blank sub", Tokens.signed(Tokens.claims("  ").build(), Tokens.SECRET)),
                arguments("subject", "sub of two lines", Tokens.signed(Tokens.claims("alice\r\nadmin").build(), Tokens.SECRET)),
                arguments("subject", "sub with U+0085, the end of a line", Tokens.signed(Tokens.claims("alice\u0085admin").build(), Tokens.SECRET)),
                arguments("subject", "sub with U+0000", Tokens.signed(Tokens.claims("a\0b").build(), Tokens.SECRET)),
                arguments("subject", "sub too long", Tokens.signed(Tokens.claims("a".repeat(256)).build(), Tokens.SECRET)));
    }

    private static String header(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("badTokens")
    void aBadTokenIsRefusedCountedAndNotRepeated(String reason, String what, String token, CapturedOutput output) {
        double before = refusals(reason);
        Answer answer = ekko.with("Bearer " + token).get("/alerts");
        unauthorized(answer, "Bearer error=\"invalid_token\"");
        assertThat(refusals(reason)).isEqualTo(before + 1);
        assertThat(output.getAll()).contains("Refused GET /alerts with 401: " + reason).doesNotContain(token);
        assertThat(answer.body().toString()).doesNotContain(token).doesNotContain("nimbus").doesNotContain("HS256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic YWxpY2U6c2VjcmV0", "bearer", "Token abc"})
    void withoutATokenNobodyGetsIn(String authorization) {
        unauthorized(ekko.with(authorization.isEmpty() ? null : authorization).get("/alerts"), "Bearer");
        assertThat(refusals("missing") + refusals("malformed")).isPositive();
    }

    @Test
    void aTokenInTheQueryOrTheBodyIsNone() {
        String token = Tokens.of("alice", "ops");
        unauthorized(ekko.with(null).get("/alerts?access_token=" + token), "Bearer");
        unauthorized(ekko.with(null).send("POST", "/alerts", "access_token=" + token, "Content-Type", "application/x-www-form-urlencoded"), "Bearer");
    }

    private void unauthorized(Answer answer, String challenge) {
        problem(answer, 401);
        assertThat(answer.response().headers().firstValue("WWW-Authenticate").orElse("")).startsWith(challenge);
    }

    @Test
    void theSubjectIsTheUserWhateverItsCharacters() {
        for (String name : List.of("a", "auth0|5f7c8ec7c33c6c004bbafe82", "Zoë Ω", "' OR 1=1 --", "*.>", "a".repeat(255))) {
            Ekko user = ekko.as(name);
            UUID id = user.create(SENTENCE);
            assertThat(user.get("/alerts").body().get("items")).hasSize(1);
            assertThat(database.queryForObject("SELECT user_id FROM alerts WHERE id = ?", String.class, id)).isEqualTo(name);
        }
    }

    // ---- what is open

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness", "/openapi.yaml", "/docs", "/docs/index.html",
            "/docs/swagger-initializer.js", "/docs/messages.html", "/docs/messages.css", "/webjars/swagger-ui/swagger-ui-bundle.js"})
    void probesAndTheContractAreOpen(String path) {
        assertThat(ekko.with(null).get(path).status()).isIn(200, 302);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/alerts", "/alerts/", "/alerts/1", "/jobs/1", "/templates", "/dlq", "/outbox/republish", "/error", "/nowhere", "/index.html",
            "/application.yaml", "/actuator", "/actuator/health", "/actuator/health/db", "/actuator/health/liveness/livenessState", "/actuator/info",
            "/actuator/metrics", "/actuator/prometheus", "/actuator/env", "/actuator/heapdump", "/actuator/jolokia", "/actuator/hawtio", "/actuator/hawtio/index.html",
            "/OPENAPI.yaml", "/openapi.yaml/", "/docs/../dlq"})
    void nothingElseIs(String path) {
        assertThat(ekko.with(null).get(path).status()).isIn(400, 401);
        assertThat(ekko.with(null).send("POST", path, "{}").status()).isIn(400, 401);
    }

    /** Without a script, and with nothing that the Content-Security-Policy would refuse. */
    @Test
    void theMessagesAreAPageToo() {
        Answer page = ekko.with(null).get("/docs/messages.html");
        assertThat(page.response().headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.response().headers().firstValue("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy).contains("style-src 'self'"));
        assertThat(page.response().body()).contains("<code>jobs.alert.completed</code>", "<link rel=\"stylesheet\" href=\"messages.css\">").doesNotContain("<script").doesNotContain("style=");
        assertThat(ekko.with(null).get("/docs/index.html").response().body()).contains("<a href=\"messages.html\">");
    }

    @Test
    void theContractIsOpenForReadingOnly() {
        unauthorized(ekko.with(null).send("DELETE", "/openapi.yaml", null), "Bearer");
        unauthorized(ekko.with(null).send("POST", "/actuator/health/liveness", "{}"), "Bearer");
    }

    // ---- scope

    @ParameterizedTest
    @CsvSource({"GET,/dlq", "GET,/dlq/", "GET,/dlq/1", "DELETE,/dlq/1", "POST,/dlq/redrive", "POST,/dlq/1/redrive", "POST,/outbox/republish", "HEAD,/dlq", "OPTIONS,/dlq",
            "GET,/actuator", "GET,/actuator/metrics", "GET,/actuator/prometheus", "GET,/actuator/info", "GET,/actuator/env", "GET,/actuator/health/db",
            "POST,/actuator/loggers/root", "GET,/actuator/hawtio", "GET,/actuator/hawtio/index.html", "GET,/actuator/jolokia", "POST,/actuator/jolokia"})
    void withoutTheScopeOperationsAreForbidden(String method, String path) {
        for (Ekko user : List.of(ekko.as("alice"), ekko.as("alice", "alerts", "OPS"), ekko.as("alice", "ops2", "SCOPE_ops"))) {
            Answer answer = user.send(method, path, method.equals("POST") ? "{}" : null);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.response().headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"insufficient_scope\", scope=\"ops\"");
            if (!method.equals("HEAD")) {
                problem(answer, 403);
            }
        }
    }

    @Test
    void theScopeIsReadFromEitherClaim() {
        for (Object scp : List.of(List.of("alerts", "ops"), "alerts ops")) {
            JWTClaimsSet claims = new JWTClaimsSet.Builder(Tokens.claims("olga").build()).claim("scope", null).claim("scp", scp).build();
            assertThat(ekko.with("Bearer " + Tokens.signed(claims, Tokens.SECRET)).get("/dlq").status()).isEqualTo(200);
        }
    }

    /** What an issuer puts into the claim is not ours to choose. */
    @Test
    void whatIsNoTextIsNoScope() {
        for (Object scp : List.of(List.of(List.of("ops")), List.of(Map.of("ops", true), 7), 7, Map.of("ops", "ops"), List.of("", " "))) {
            JWTClaimsSet claims = new JWTClaimsSet.Builder(Tokens.claims("olga").build()).claim("scope", null).claim("scp", scp).build();
            Ekko user = ekko.with("Bearer " + Tokens.signed(claims, Tokens.SECRET));
            assertThat(user.get("/alerts").status()).as("a user with " + scp).isEqualTo(200);
            problem(user.get("/dlq"), 403);
            problem(user.get("/actuator/jolokia/version"), 403);
        }
    }

    @Test
    void healthHasDetailsForOperatorsOnly() {
        assertThat(ekko.as("alice").get("/actuator/health").body().toString()).isEqualTo("{\"status\":\"UP\",\"groups\":[\"liveness\",\"readiness\"]}");
        assertThat(ekko.with(null).get("/actuator/health/readiness").body().toString()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(ekko.as("olga", "ops").get("/actuator/health").body().at("/components/nats/status").asText()).isEqualTo("UP");
        assertThat(ekko.as("olga", "ops").get("/actuator/prometheus").status()).isEqualTo(200);
    }

    /** Each as it is written into the request line, by a user without the scope. */
    @ParameterizedTest
    @ValueSource(strings = {"/dlq/../dlq", "/alerts/../dlq", "/docs/../dlq", "/dlq;x", "/dlq;x=1/1", "/alerts;/../dlq", "//dlq", "/./dlq", "/dlq//1", "/%64lq", "/d%6Cq/1",
            "/dlq%2f", "/dlq%2F1", "/%2fdlq", "/%2e%2e/dlq", "/alerts/%2e%2e/dlq", "/dlq%5c1", "/dlq\\1", "/dlq%00", "/dlq%0a", "/dlq%3b", "/%2564lq", "/DLQ", "/Dlq/1",
            "/dlq/", "/dlq/.", "/dlq/%20", "/dlq?x=/alerts", "/dlq.json", "/dlq.", "/dlq%20", "/dlq\u00a0", "/actuator/../actuator/env", "/actuator;/env", "/actuator%2fenv",
            "/ACTUATOR/env", "/actuator/health/liveness/../../env", "/actuator/health/readiness;/../../prometheus", "/webjars/..;/actuator/env", "/outbox//republish",
            "http://localhost/dlq", "http://localhost//dlq", "/\tdlq", "/dlq#x", "/docs/%2e%2e%2f/application.yaml", "/webjars/%c0%ae%c0%ae/x"})
    void noWayOfWritingAPathOpensIt(String target) throws Exception {
        for (String method : List.of("GET", "HEAD", "POST", "OPTIONS", "TRACE", "PROPFIND", "get")) {
            String answer = RawHttp.ask(ekko.port(), "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nX-HTTP-Method-Override: GET\r\nX-Original-URL: /alerts\r\nX-Forwarded-Prefix: /alerts\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .formatted(method, target, Tokens.of("alice")));
            assertThat(answer).as(method + " " + target).matches("(?s)HTTP/1\\.1 (400|403|404|405) .*");
            assertThat(answer).doesNotContain("next_after").doesNotContain("Exception").doesNotContain("Tomcat").doesNotContain("<html");
            if (!method.equals("HEAD") && answer.contains("\r\n\r\n{")) {
                assertThat(answer).containsIgnoringCase("Content-Type: application/problem+json");
            }
        }
    }

    /** Jolokia is a servlet of its own: where a path leads there though it does not say so, the answer is no fault of ours. */
    @ParameterizedTest
    @ValueSource(strings = {"/x/../actuator/jolokia", "/alerts/../actuator/jolokia/version", "/actuator/./jolokia", "/actuator//jolokia", "//actuator/jolokia",
            "/actuator/jolokia;", "/actuator/jolokia;x=1/version", "/actuator/%6aolokia", "/actuator/hawtio/../jolokia"})
    void noOtherNameLeadsToTheConsole(String target, CapturedOutput output) throws Exception {
        for (String authorization : List.of("", "Authorization: %s\r\n".formatted("Bearer " + Tokens.of("alice")), "Authorization: %s\r\n".formatted(Tokens.BEARER))) {
            for (String method : List.of("GET", "POST", "OPTIONS", "PROPFIND")) {
                String answer = RawHttp.ask(ekko.port(), "%s %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: 2\r\nConnection: close\r\n\r\n{}".formatted(method, target, authorization));
                assertThat(answer).as(method).startsWith("HTTP/1.1 400").contains("application/problem+json").contains("\"status\":400");
            }
        }
        assertThat(output.getAll()).doesNotContain("Exception");
    }

    @Test
    void noRedirectLeadsElsewhere() throws Exception {
        String answer = RawHttp.ask(ekko.port(), "GET /docs HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 302").contains("Location: /docs/index.html").doesNotContain("evil");
    }

    @Test
    void whatTomcatRefusesItselfIsAProblemToo() throws Exception {
        for (String request : List.of("GET /dlq\\x HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET /alerts%2f HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "GET / HTTP/1.1\r\n\r\n")) {
            String answer = RawHttp.ask(ekko.port(), request);
            assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("<html").doesNotContain("Tomcat");
        }
        assertThat(RawHttp.ask(ekko.port(), "GET /alerts%2f HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).contains("application/problem+json").contains("\"status\":400");
    }

    // ---- one's own and others'

    @Test
    void anothersAlertIsAsIfItWereNotThere() {
        Ekko alice = ekko.as("alice");
        Ekko mallory = ekko.as("mallory", "ops");
        UUID theirs = alice.create(SENTENCE);
        String job = alice.get("/alerts/" + theirs).body().get("job_id").asText();
        UUID nobodys = UUID.randomUUID();
        String before = row(theirs);

        asUnknown(mallory, "GET", "/alerts/%s", null, theirs, nobodys);
        asUnknown(mallory, "PATCH", "/alerts/%s", "{\"name\":\"mine now\"}", theirs, nobodys);
        asUnknown(mallory, "DELETE", "/alerts/%s", null, theirs, nobodys);
        asUnknown(mallory, "POST", "/alerts/%s/enable", null, theirs, nobodys);
        asUnknown(mallory, "POST", "/alerts/%s/disable", null, theirs, nobodys);
        asUnknown(mallory, "GET", "/jobs/%s", null, UUID.fromString(job), nobodys);

        assertThat(mallory.get("/alerts").body().toString()).doesNotContain(theirs.toString());
        assertThat(row(theirs)).isEqualTo(before);
        assertThat(alice.get("/alerts/" + theirs).status()).isEqualTo(200);
    }

    private String row(UUID alert) {
        return database.queryForMap("SELECT user_id, name, enabled, deleted_at FROM alerts WHERE id = ?", alert).toString();
    }

    private static void asUnknown(Ekko user, String method, String path, String body, UUID theirs, UUID nobodys) {
        Answer found = user.send(method, path.formatted(theirs), body, "X-Correlation-Id", "same");
        Answer none = user.send(method, path.formatted(nobodys), body, "X-Correlation-Id", "same");
        assertThat(found.status()).isEqualTo(404);
        assertThat(found.response().body().replace(theirs.toString(), "id")).isEqualTo(none.response().body().replace(nobodys.toString(), "id"));
        assertThat(found.response().headers().map().keySet()).isEqualTo(none.response().headers().map().keySet());
    }

    @Test
    void anotherUsersIdempotencyKeyIsNotAnswered() {
        String key = UUID.randomUUID().toString();
        ObjectNode alert = ekko.alert("Shared key", SENTENCE);
        Answer first = ekko.as("alice").post("/alerts", alert, "Idempotency-Key", key);
        Answer second = ekko.as("mallory").post("/alerts", alert, "Idempotency-Key", key);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body().get("id")).isNotEqualTo(first.body().get("id"));
        assertThat(ekko.as("alice").post("/alerts", alert, "Idempotency-Key", key).body().get("id")).isEqualTo(first.body().get("id"));
    }

    @Test
    void noHeaderOrParameterMakesAnotherUser() {
        UUID theirs = ekko.as("alice").create(SENTENCE);
        Ekko mallory = ekko.as("mallory");
        for (String name : List.of("user_id", "CamelAuthentication", "CamelHttpServletRequest", "X-User", "X-Forwarded-User", "id", "user", "sub")) {
            Answer answer = mallory.send("GET", "/alerts/" + UUID.randomUUID(), null, name, name.equals("id") ? theirs.toString() : "alice");
            problem(answer, 404);
            assertThat(mallory.get("/alerts/" + UUID.randomUUID() + "?" + name + "=" + theirs).status()).isIn(400, 404);
        }
        assertThat(mallory.send("GET", "/alerts", null, "user_id", "alice").body().toString()).doesNotContain(theirs.toString());
        assertThat(mallory.get("/alerts?user_id=alice").status()).isEqualTo(400);
    }

    // ---- injection

    @ParameterizedTest
    @ValueSource(strings = {"'; DROP TABLE alerts; --", "' OR '1'='1", "$$; DELETE FROM alerts; $$", "\\'; SELECT pg_sleep(9); --", ":#user_id", ":#${header.id}",
            "${header.Authorization}", "#{T(java.lang.Runtime).getRuntime()}", "{{ekko.security.jwt.secret}}", "${jndi:ldap://localhost/x}", "%s%n%x", "<script>alert(1)</script>"})
    void anAttackIsStoredAsTheTextItIs(String attack) {
        Ekko user = ekko.as("u " + attack);
        Answer created = user.post("/alerts", ekko.alert(attack, attack), "Idempotency-Key", attack, "X-Correlation-Id", attack);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.body().get("name").asText()).isEqualTo(attack);
        String id = created.body().get("id").asText();
        Answer changed = user.patch("/alerts/" + id, ekko.alert(attack + attack, attack));
        assertThat(changed.body().get("name").asText()).isEqualTo(attack + attack);
        assertThat(user.get("/alerts").body().get("items")).hasSize(1);

        String encoded = URLEncoder.encode(attack, StandardCharsets.UTF_8);
        for (String path : List.of("/alerts?status=", "/alerts?cursor=", "/alerts?limit=", "/alerts?enabled=", "/alerts?order=", "/dlq?since=", "/dlq?after=", "/dlq?limit=")) {
            problem(ekko.get(path + encoded), 400);
        }
        assertThat(ekko.get("/dlq?error=" + encoded).status()).isEqualTo(200);
        assertThat(ekko.get("/dlq?subject=" + encoded).status()).isEqualTo(200);
        problem(ekko.post("/outbox/republish", "{\"since\":\"%s\"}".formatted(attack.replace("\\", "\\\\"))), 400);
        assertThat(database.queryForObject("SELECT count(*) FROM alerts WHERE user_id = ?", Long.class, "u " + attack)).isOne();
    }

    @Test
    void headersOfRoutesCannotBeSetFromOutside() {
        Ekko user = ekko.as("alice");
        user.create(SENTENCE);
        for (String name : List.of("limit", "cursor", "status", "enabled")) {
            assertThat(user.send("GET", "/alerts", null, name, "'; --").status()).as(name).isEqualTo(200);
        }
        Answer answer = user.send("GET", "/alerts", null, "Location", "https://evil.example", "ETag", "evil", "Retry-After", "evil", "Allow", "evil",
                "CamelHttpResponseCode", "500", "CamelSqlQuery", "DELETE FROM alerts", "CamelHttpPath", "/dlq");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().headers().map().toString()).doesNotContain("evil");
        for (String query : List.of("ETag=evil", "Content-Type=text/html", "X-Correlation-Id=evil", "Location=evil", "CamelHttpResponseCode=500", "a%00b=1", "limit=1%0d%0aX:evil")) {
            Answer refused = user.get("/alerts?" + query);
            problem(refused, 400);
            assertThat(refused.response().headers().map().toString()).doesNotContain("evil");
        }
    }

    @Test
    void aHeaderCannotBeSplit() throws Exception {
        for (String value : List.of("a\r\n X-Evil: 1", "a\rX-Evil: 1", "a\nX-Evil: 1", "a%0d%0aX-Evil: 1", "a\0b", "a\tb", "\u0085X-Evil: 1", "x".repeat(6000))) {
            for (String header : List.of("X-Correlation-Id", "Idempotency-Key", "traceparent", "Accept")) {
                String answer = RawHttp.ask(ekko.port(), "GET /alerts HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n%s: %s\r\nConnection: close\r\n\r\n".formatted(Tokens.BEARER, header, value));
                assertThat(answer).as(header + ": " + value).matches("(?s)HTTP/1\\.1 (200|400|406|431) .*").doesNotContain("\nX-Evil").doesNotContain("Exception");
            }
        }
    }

    // ---- bodies

    @Test
    void aBodyOfTenMegabytesIsRefusedBeforeItIsSent() throws Exception {
        try (RawHttp http = new RawHttp(ekko.port())) {
            http.send("POST /alerts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: %s\r\nContent-Length: 10000000\r\n\r\n{".formatted(Tokens.BEARER));
            assertThat(http.answer()).startsWith("HTTP/1.1 413").contains("application/problem+json").contains("\"status\":413").contains("X-Correlation-Id");
        }
    }

    @Test
    void aBodyInChunksIsRefusedWhenItIsTooLarge() throws Exception {
        try (RawHttp http = new RawHttp(ekko.port())) {
            http.send("POST /alerts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: %s\r\nTransfer-Encoding: chunked\r\n\r\n".formatted(Tokens.BEARER));
            String chunk = "x".repeat(0x8000);
            for (int i = 0; i < 33; i++) {
                http.send("8000\r\n" + chunk + "\r\n");
            }
            assertThat(http.answer()).startsWith("HTTP/1.1 413").contains("application/problem+json");
        }
    }

    @Test
    void aBodyThatDoesNotComeIsNotWaitedFor() throws Exception {
        String head = "POST /alerts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: %s\r\nContent-Length: 1000\r\n\r\n".formatted(Tokens.BEARER);
        assertThat(RawHttp.ask(ekko.port(), "GET /alerts?limit=%%zz HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nConnection: close\r\n\r\n".formatted(Tokens.BEARER))).startsWith("HTTP/1.1 400").contains("application/problem+json");
        try (RawHttp silent = new RawHttp(ekko.port())) {
            silent.send(head + "{\"name\":");
            assertThat(silent.answer()).startsWith("HTTP/1.1 408").contains("application/problem+json");
        }
        assertThat(RawHttp.ask(ekko.port(), "POST /alerts HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n{}\r\n0\r\n\r\n".formatted(Tokens.BEARER)))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void aBodyThatComesByteByByteIsNotWaitedForEither() throws Exception {
        try (RawHttp dripping = new RawHttp(ekko.port())) {
            dripping.send("POST /alerts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: %s\r\nContent-Length: 100000\r\n\r\n".formatted(Tokens.BEARER));
            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                dripping.send(" ");
                return dripping.isAnswered();
            });
            assertThat(dripping.answer()).startsWith("HTTP/1.1 408").contains("application/problem+json");
        }
    }

    @Test
    void aStrangersBodyIsNotRead() throws Exception {
        try (RawHttp http = new RawHttp(ekko.port())) {
            http.send("POST /alerts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\n\r\n");
            assertThat(http.answer()).startsWith("HTTP/1.1 401");
        }
    }

    // ---- what every answer says, and does not say

    @Test
    void everyAnswerHasSecurityHeadersAndNoSession() {
        for (Answer answer : List.of(ekko.get("/alerts"), ekko.with(null).get("/alerts"), ekko.as("alice").get("/dlq"), ekko.get("/nowhere"), ekko.with(null).get("/docs/index.html"))) {
            var headers = answer.response().headers();
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
            assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
            assertThat(headers.firstValue("Content-Security-Policy").orElse("")).contains("default-src 'none'");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(headers.allValues("Set-Cookie")).isEmpty();
            assertThat(headers.firstValue("Server")).isEmpty();
            assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
        }
    }

    @Test
    void noOtherOriginIsLetIn() throws Exception {
        String answer = RawHttp.ask(ekko.port(), "OPTIONS /alerts HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: GET\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 401").doesNotContain("Access-Control-Allow");
    }

    @Test
    void theTokenGoesNoFurther(CapturedOutput output) {
        String secretive = Tokens.of("alice");
        Ekko user = ekko.with("Bearer " + secretive);
        UUID id = user.create(SENTENCE);
        await().until(() -> user.status(id).equals("active"));
        assertThat(ekko.heard("alerts.created", id)).isNotEmpty().allSatisfy(message ->
                assertThat(String.valueOf(message.getHeaders().entrySet())).doesNotContain(secretive).doesNotContain("Authorization"));
        assertThat(output.getAll()).doesNotContain(secretive).doesNotContain(Tokens.SECRET);
    }

    private double refusals(String reason) {
        return meters.find("ekko.security.refusals").tag("reason", reason).counters().stream().mapToDouble(counter -> counter.count()).sum();
    }

    private static void problem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.response().request().uri() + ": " + answer.response().body()).isEqualTo(status);
        assertThat(answer.response().headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body().get("status").asInt()).isEqualTo(status);
        assertThat(answer.body().get("title").asText()).isNotEmpty();
        assertThat(answer.body().get("correlation_id").asText()).isEqualTo(answer.response().headers().firstValue("X-Correlation-Id").orElse(""));
        assertThat(answer.body().toString()).doesNotContain("Exception").doesNotContain("springframework").doesNotContain("\tat ");
    }
}
