package routes.security;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import routes.alerts.Ekko;
import routes.alerts.Ekko.Answer;
import routes.alerts.EkkoTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator does in Hawtio: read routes, pause and resume them, look at dead letters; and nothing else. */
@EkkoTest
@DirtiesContext
@TestPropertySource(properties = {"spring.jmx.enabled=true", "management.endpoint.jolokia.config.mbeanQualifier=qualifier=jolokia-test", "camel.main.name=jolokia-test",
        "ekko.security.operator.password=correct horse"})
class JolokiaTest {

    private static final String ROUTE = "org.apache.camel:context=jolokia-test,type=routes,name=\"process-changed-sentence\"";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Autowired
    private Ekko ekko;
    @Autowired
    private CamelContext camel;

    @Test
    void aRouteIsReadWithWhatMakesItsTreeReadable() {
        JsonNode route = call("read", ROUTE).get("value");
        assertThat(route.get("State").asText()).isEqualTo("Started");
        assertThat(route.get("RouteGroup").asText()).isEqualTo("nlp");
        assertThat(route.get("Description").asText()).contains("jobs.alert.created");
        assertThat(route.has("ExchangesTotal")).isTrue();
        assertThat(call("search", "org.apache.camel:context=jolokia-test,type=routes,*").get("value")).hasSizeGreaterThan(20);
    }

    @Test
    void aRouteIsPausedAndResumed() {
        assertThat(call("exec", ROUTE, "suspend()").get("status").asInt()).isEqualTo(200);
        assertThat(camel.getRouteController().getRouteStatus("process-changed-sentence")).isEqualTo(ServiceStatus.Suspended);
        assertThat(call("exec", ROUTE, "resume()").get("status").asInt()).isEqualTo(200);
        assertThat(camel.getRouteController().getRouteStatus("process-changed-sentence")).isEqualTo(ServiceStatus.Started);
    }

    @Test
    void deadLettersAreListedAndEventsRepublished() {
        assertThat(call("read", "routes:type=DeadLetters").at("/value").has("CountBySubject")).isTrue();
        assertThat(call("exec", "routes:type=DeadLetters", "list(java.lang.String)", "").get("value").asText()).contains("items");
        assertThat(call("exec", "routes:type=Outbox", "republish(java.lang.String,boolean)", "2026-01-15T09:30:00Z", true).get("value").asText()).contains("dry_run");
    }

    @Test
    void theConsoleIsServed() {
        Answer console = ekko.get("/actuator/hawtio/index.html");
        assertThat(console.status()).isEqualTo(200);
        assertThat(console.response().body()).contains("Hawtio");
    }

    @Test
    void onlyOperatorsGetThere() {
        for (String path : List.of("/actuator/hawtio", "/actuator/hawtio/index.html", "/actuator/jolokia", "/actuator/jolokia/version")) {
            assertThat(ekko.as("alice").get(path).status()).as(path).isEqualTo(403);
            Answer unknown = ekko.with(null).get(path);
            assertThat(unknown.status()).as(path).isEqualTo(401);
            assertThat(unknown.response().headers().allValues("WWW-Authenticate")).anyMatch(way -> way.startsWith("Basic")).anyMatch(way -> way.startsWith("Bearer"));
            assertThat(ekko.with(basic("operator", "wrong")).get(path).status()).as(path).isEqualTo(401);
        }
    }

    @Test
    void aBrowserLogsInOnceAndNoOtherSiteCanSpeakForIt() throws Exception {
        HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        HttpRequest.Builder read = HttpRequest.newBuilder(URI.create("http://localhost:" + ekko.port() + "/actuator/jolokia"))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(request("read", ROUTE).toString()));
        HttpResponse<String> page = browser.send(HttpRequest.newBuilder(URI.create("http://localhost:" + ekko.port() + "/actuator/hawtio/index.html"))
                .header("Authorization", basic("operator", "correct horse")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(browser.send(read.build(), HttpResponse.BodyHandlers.ofString()).statusCode()).as("without the token of the page").isEqualTo(403);
        String csrf = ((CookieManager) browser.cookieHandler().orElseThrow()).getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN")).findFirst().orElseThrow().getValue();
        HttpResponse<String> answer = browser.send(read.header("X-XSRF-TOKEN", csrf).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Started");
        assertThat(ekko.with(basic("operator", "correct horse")).get("/dlq").status()).as("the password is for the console only").isEqualTo(401);
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "java.lang:type=Memory|gc", "com.sun.management:type=DiagnosticCommand|vmSystemProperties", "java.util.logging:type=Logging|setLoggerLevel(java.lang.String,java.lang.String)",
            "org.apache.camel:context=jolokia-test,type=context,name=\"jolokia-test\"|stop()", "com.sun.management:type=HotSpotDiagnostic|dumpHeap(java.lang.String,boolean)"})
    void otherOperationsAreRefused(String mbean, String operation) {
        assertThat(call("exec", mbean, operation, "x", true).get("status").asInt()).isEqualTo(403);
    }

    @Test
    void nothingIsWrittenSecretsAreNotReadAndAGetDoesNothing() {
        ObjectNode write = request("write", ROUTE).put("attribute", "TracingEnabled").put("value", true);
        assertThat(ekko.post("/actuator/jolokia", write).body().get("status").asInt()).isEqualTo(403);
        ObjectNode secrets = request("read", "java.lang:type=Runtime").put("attribute", "SystemProperties");
        assertThat(ekko.post("/actuator/jolokia", secrets).body().get("status").asInt()).isEqualTo(403);
        assertThat(call("read", "java.lang:type=Runtime").toString()).doesNotContain("java.class.path");
        Answer get = ekko.get("/actuator/jolokia/exec/routes:type=Outbox/republish(java.lang.String,boolean)/2026-01-15T09:30:00Z/true");
        assertThat(get.status() == 200 ? get.body().get("status").asInt() : get.status()).as(get.response().body()).isEqualTo(403);
    }

    private JsonNode call(String type, String mbean) {
        return ekko.post("/actuator/jolokia", request(type, mbean)).body();
    }

    private JsonNode call(String type, String mbean, String operation, Object... arguments) {
        ObjectNode request = request(type, mbean).put("operation", operation);
        request.set("arguments", JSON.valueToTree(List.of(arguments)));
        return ekko.post("/actuator/jolokia", request).body();
    }

    private static ObjectNode request(String type, String mbean) {
        return JSON.createObjectNode().put("type", type).put("mbean", mbean);
    }
}
