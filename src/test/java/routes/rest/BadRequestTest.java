package routes.rest;

import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import routes.alerts.Ekko;
import routes.alerts.Ekko.Answer;
import routes.alerts.EkkoTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Bad input is answered with a problem that names the field; nothing is stored, nothing is published. */
@EkkoTest
class BadRequestTest {

    @Autowired
    private Ekko ekko;
    @Autowired
    private JdbcTemplate database;
    private long rows;
    private int messages;

    @BeforeEach
    void count() {
        rows = rows();
        messages = ekko.heardInAll();
    }

    private long rows() {
        return database.queryForObject("SELECT (SELECT count(*) FROM alerts) + (SELECT count(*) FROM outbox)", Long.class);
    }

    private void refused(Answer answer, int status, String field) {
        assertThat(answer.status()).as(String.valueOf(answer.body())).isEqualTo(status);
        assertThat(answer.response().headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body().get("status").asInt()).isEqualTo(status);
        assertThat(answer.body().toString()).contains(field).doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(answer.response().headers().firstValue("X-Correlation-Id")).isPresent();
        assertThat(rows()).isEqualTo(rows);
        assertThat(ekko.heardInAll()).isEqualTo(messages);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "body           | not json",
            "body           | {\"name\":\"a\",",
            "body           | []",
            "body           | null",
            "body           | \"text\"",
            "name           | {\"nl_description\":\"x\"}",
            "nl_description | {\"name\":\"a\"}",
            "name           | {\"name\":1,\"nl_description\":\"x\"}",
            "nl_description | {\"name\":\"a\",\"nl_description\":{\"$ne\":1}}",
            "name           | {\"name\":null,\"nl_description\":\"x\"}",
            "name           | {\"name\":\"   \",\"nl_description\":\"x\"}",
            "nl_description | {\"name\":\"a\",\"nl_description\":\"\\n\\t \"}",
            "name           | {\"name\":\"\",\"nl_description\":\"x\"}",
            "enabled        | {\"name\":\"a\",\"nl_description\":\"x\",\"enabled\":\"yes\"}",
            "colour         | {\"name\":\"a\",\"nl_description\":\"x\",\"colour\":\"red\"}",
            "status         | {\"name\":\"a\",\"nl_description\":\"x\",\"status\":\"active\"}",
            "name           | {\"name\":\"a\\u0000b\",\"nl_description\":\"x\"}"})
    void aBadBodyIsRefused(String field, String body) {
        refused(ekko.send("POST", "/alerts/", body), 400, field);
    }

    @Test
    void anEmptyBodyIsRefused() {
        refused(ekko.send("POST", "/alerts", ""), 400, "body");
        refused(ekko.send("POST", "/alerts", null, "Content-Type", "application/json"), 400, "body");
    }

    @Test
    void aTextOfOneMegabyteIsRefused() {
        refused(ekko.post("/alerts", ekko.alert("a", "x".repeat(1_000_000))), 400, "nl_description");
        refused(ekko.post("/alerts", ekko.alert("x".repeat(1_000_000), "y")), 400, "name");
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/xml", "multipart/form-data", "garbage"})
    void anotherContentTypeIsRefused(String type) {
        refused(ekko.send("POST", "/alerts", "{\"name\":\"a\",\"nl_description\":\"x\"}", "Content-Type", type), 415, "Content-Type");
    }

    @ParameterizedTest
    @CsvSource({"gzip", "br", "deflate, gzip"})
    void aCompressedBodyIsRefused(String encoding) {
        Answer answer = ekko.send("POST", "/alerts", "{\"name\":\"a\",\"nl_description\":\"x\"}", "Content-Encoding", encoding);
        refused(answer, 415, "Content-Encoding");
        assertThat(answer.response().headers().firstValue("Accept-Encoding")).contains("identity");
    }

    @Test
    void aFormThatIsJsonIsTakenAsJsonAndOneThatIsNotIsRefused() {
        refused(ekko.send("POST", "/alerts", "name=a&nl_description=x", "Content-Type", "application/x-www-form-urlencoded"), 400, "body");
        Answer taken = ekko.send("POST", "/alerts", "{\"name\":\"a\",\"nl_description\":\"x\"}", "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(taken.status()).isEqualTo(201);
        // the next test counts messages: none of this alert's may come then
        UUID id = UUID.fromString(taken.body().get("id").asText());
        await().until(() -> !ekko.heard("alerts.updated", id).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"PUT,/alerts", "DELETE,/alerts", "PATCH,/alerts/", "GET,/alerts/00000000-0000-0000-0000-000000000000/enable", "PUT,/alerts/1"})
    void anotherMethodIsRefused(String method, String path) {
        refused(ekko.send(method, path, null), 405, method);
    }

    @Test
    void anUnknownIdIsNotFound() {
        UUID nobody = UUID.randomUUID();
        refused(ekko.get("/alerts/" + nobody), 404, nobody.toString());
        refused(ekko.delete("/alerts/" + nobody), 404, nobody.toString());
        refused(ekko.patch("/alerts/" + nobody, "{\"name\":\"b\"}"), 404, nobody.toString());
        refused(ekko.post("/alerts/" + nobody + "/enable", null), 404, nobody.toString());
        refused(ekko.get("/jobs/" + nobody), 404, nobody.toString());
        refused(ekko.get("/nowhere"), 404, "/nowhere");
    }

    @ParameterizedTest
    @CsvSource({"/alerts/1,id", "/alerts/1' OR '1'='1,id", "/jobs/x,id", "/alerts?limit=abc,limit", "/alerts?limit=0,limit",
            "/alerts?limit=201,limit", "/alerts?cursor=zzz,cursor", "/alerts?status=odd,status", "/alerts?enabled=perhaps,enabled"})
    void aBadParameterIsRefused(String path, String field) {
        refused(ekko.get(path.replace(" ", "%20").replace("'", "%27")), 400, field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {"body|{}", "colour|{\"colour\":1}", "name|{\"name\":\" \"}", "nl_description|{\"nl_description\":7}"})
    void aBadChangeIsRefused(String field, String body) {
        refused(ekko.patch("/alerts/" + UUID.randomUUID(), body), 400, field);
    }

    /** In words that a client can show, one for each field. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "name must not be empty                                          | POST  | /alerts          | {\"name\":\"\",\"nl_description\":\"x\"}",
            "name must not be blank                                          | POST  | /alerts          | {\"name\":\" \",\"nl_description\":\"x\"}",
            "name must be a text, not a whole number; nl_description must be a text, not null | POST | /alerts | {\"name\":1,\"nl_description\":null}",
            "enabled must be true or false, not a text                       | POST  | /alerts          | {\"name\":\"a\",\"nl_description\":\"x\",\"enabled\":\"yes\"}",
            "colour is not a field of this request                           | POST  | /alerts          | {\"name\":\"a\",\"nl_description\":\"x\",\"colour\":\"red\"}",
            "body has a field twice, near line 1, column 19                  | POST  | /alerts          | {\"name\":\"a\",\"name\":\"b\",\"nl_description\":\"x\"}",
            "body is not JSON, near line 1, column 12                        | POST  | /alerts          | {\"name\":\"a\"",
            "body must be an object, not a list                              | POST  | /alerts          | []",
            "body must have a field                                          | PATCH | /alerts/00000000-0000-0000-0000-000000000000 | {}",
            "id must be a UUID                                               | GET   | /alerts/abc      |",
            "limit must be a whole number, not a text                        | GET   | /alerts?limit=x  |",
            "limit must be at least 1                                        | GET   | /alerts?limit=0  |",
            "limit must be at most 200                                       | GET   | /alerts?limit=500 |",
            "limit must not be empty                                         | GET   | /alerts?limit=   |",
            "limit must be given once                                        | GET   | /alerts?limit=1&limit=2 |",
            "enabled must be true or false                                   | GET   | /alerts?enabled=TRUE |",
            "status must be one of pending, active, needs_clarification, rejected, failed | GET | /alerts?status=odd |",
            "odd is not a parameter of this request                          | GET   | /alerts?odd=1    |"})
    void whatIsWrongIsSaid(String detail, String method, String path, String body) {
        Answer answer = ekko.send(method, path, body);
        refused(answer, 400, "errors");
        assertThat(answer.body().get("detail").asText()).isEqualTo(detail);
        assertThat(answer.body().get("errors")).hasSize(detail.split(";").length);
    }

    @Test
    void aTextThatIsTooLongIsNotRepeated() {
        Answer answer = ekko.post("/alerts", ekko.alert("x".repeat(400), "y"));
        refused(answer, 400, "errors");
        assertThat(answer.body().get("detail").asText()).isEqualTo("name must have at most 200 characters, not 400");
    }

    @Test
    void aTypeThatIsNotTakenOrMadeIsNamedByItsHeader() {
        Answer sent = ekko.send("POST", "/alerts", "x", "Content-Type", "text/plain");
        refused(sent, 415, "errors");
        assertThat(sent.body().at("/errors/0/field").asText()).isEqualTo("Content-Type");
        assertThat(sent.body().get("detail").asText()).isEqualTo("Content-Type must be application/json");
        Answer wanted = ekko.send("GET", "/alerts", null, "Accept", "text/html");
        refused(wanted, 406, "errors");
        assertThat(wanted.body().get("detail").asText()).isEqualTo("Accept must take application/json");
    }

    /** As browsers' libraries ask for it. Spring MVC, which takes such a request, knows a path by one kind of answer. */
    @ParameterizedTest
    @CsvSource({"GET,/alerts/00000000-0000-0000-0000-000000000000", "DELETE,/alerts/00000000-0000-0000-0000-000000000000", "GET,/dlq/999999", "DELETE,/dlq/999999"})
    void whoTakesJsonAmongOthersIsAnswered(String method, String path) {
        refused(ekko.as("olga", "ops").send(method, path, null, "Accept", "application/json, text/plain"), 404, "id");
    }

    @Test
    void anUnusableIdempotencyKeyIsRefused() {
        refused(ekko.post("/alerts", ekko.alert("a", "x"), "Idempotency-Key", "k".repeat(129)), 400, "Idempotency-Key");
    }
}
