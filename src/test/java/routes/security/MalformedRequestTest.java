package routes.security;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import routes.alerts.Ekko;
import routes.alerts.Ekko.Answer;
import routes.alerts.EkkoTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Requests that look right from afar. None is a fault of ours, none is read as something that it does not say. */
@EkkoTest
@Timeout(60)
class MalformedRequestTest {

    private static final String LATER = "/018f7a52-5c1e-7d3a-9b1f-2f6a3c9d0e11";

    @Autowired
    private Ekko ekko;

    @ParameterizedTest
    @ValueSource(strings = {"/alerts/1-1-1-1-1", "/alerts/ffffffffffff-1-1-1-1", "/jobs/1-1-1-1-1", "/alerts?limit=%205", "/alerts?limit=5%20", "/dlq?limit=%205", "/dlq?after=5%20"})
    void aValueThatOnlyLooksRightIsRefused(String path) {
        refused(ekko.get(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "+10000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z"})
    void aTimeThatNoDatabaseKnowsIsRefused(String time) {
        refused(ekko.get("/alerts?cursor=" + Base64.getUrlEncoder().encodeToString((time + LATER).getBytes(StandardCharsets.UTF_8))));
        refused(ekko.post("/outbox/republish", "{\"since\":\"%s\",\"dry_run\":true}".formatted(time)));
    }

    @Test
    void aCharacterThatNoDatabaseKnowsIsRefused() {
        refused(ekko.post("/outbox/republish", "{\"since\":\"2026-01-15T09:30:00Z\",\"subject\":\"a\\u0000b\",\"dry_run\":true}"));
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("a field twice", "{\"name\":\"a\",\"name\":\"b\",\"nl_description\":\"x\"}"),
                arguments("more behind it", "{\"name\":\"a\",\"nl_description\":\"x\"}}}"),
                arguments("two values", "{\"name\":\"a\",\"nl_description\":\"x\"}{\"name\":\"b\"}"),
                arguments("half a character", "{\"name\":\"a\\ud800b\",\"nl_description\":\"x\"}"),
                arguments("the other half", "{\"name\":\"a\",\"nl_description\":\"\\udc00\"}"),
                arguments("half a character as the name of a field", "{\"name\":\"a\",\"nl_description\":\"x\",\"\\ud800\":1}"),
                arguments("no UTF-8", "{\"name\":\"a\u00ff\",\"nl_description\":\"x\"}"),
                arguments("a slash in two bytes", "{\"name\":\"a\u00c0\u00af\",\"nl_description\":\"x\"}"),
                arguments("U+0000 itself", "{\"name\":\"a\u0000b\",\"nl_description\":\"x\"}"),
                arguments("NaN", "{\"name\":NaN,\"nl_description\":\"x\"}"),
                arguments("a number of 100 kB", "{\"name\":" + "9".repeat(100_000) + ",\"nl_description\":\"x\"}"),
                arguments("100,000 brackets", "[".repeat(100_000)),
                arguments("50,000 brackets in a field", "{\"name\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void aBodyThatReadersCouldReadDifferentlyIsRefused(String what, String body) throws Exception {
        for (String path : new String[]{"POST /alerts", "PATCH /alerts" + LATER, "POST /templates/match", "POST /dlq/redrive", "POST /outbox/republish"}) {
            String answer = RawHttp.ask(ekko.port(), ("%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s")
                    .formatted(path, Tokens.BEARER, body.length(), body));
            assertThat(answer).as(path).startsWith("HTTP/1.1 400").contains("application/problem+json").containsPattern("\"detail\":\"(The )?body (is|has) ");
            assertThat(answer).doesNotContain("Exception").doesNotContain("Stream").doesNotContain("REDACTED").doesNotContain("fasterxml");
        }
    }

    @Test
    void aRequestOfTwoUsersIsOfNone() throws Exception {
        String request = "GET /dlq HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n";
        for (String answer : new String[]{RawHttp.ask(ekko.port(), request.formatted(Tokens.of("olga", "ops"), Tokens.of("alice"))),
                RawHttp.ask(ekko.port(), request.formatted(Tokens.of("alice"), Tokens.of("olga", "ops")))}) {
            assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
        }
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).as(answer.response().request().uri() + ": " + answer.response().body()).isEqualTo(400);
        assertThat(answer.response().headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.response().body()).doesNotContain("Exception").doesNotContain("ERROR").doesNotContain("timestamp with");
    }
}
