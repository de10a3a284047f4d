package routes.rest;

import java.net.SocketException;

import org.apache.catalina.core.StandardContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.embedded.tomcat.TomcatWebServer;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import routes.alerts.Ekko;
import routes.alerts.EkkoTest;
import routes.security.RawHttp;
import routes.security.Tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** However a body that came after its head ends: Tomcat counts no request as being served then, or a graceful shutdown would wait for it. */
@EkkoTest
@DirtiesContext
@TestPropertySource(properties = {"ekko.rest.body-timeout=1s", "server.tomcat.connection-timeout=1s"})
class IncomingBodyTest {

    private static final String HEAD = "POST /alerts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    @Autowired
    private Ekko ekko;
    @Autowired
    private ServletWebServerApplicationContext application;

    private long before;

    private long inProgress() {
        return ((StandardContext) ((TomcatWebServer) application.getWebServer()).getTomcat().getHost().findChildren()[0]).getInProgressAsyncCount();
    }

    /** Those that another test has left must not fail all that follow. */
    @BeforeEach
    void count() {
        before = inProgress();
    }

    @AfterEach
    void nothingIsInProgress() {
        await().untilAsserted(() -> assertThat(inProgress()).as("requests in progress").isEqualTo(before));
    }

    /** @param known whether the client has a token */
    private static String head(boolean known, String headers) {
        return HEAD + (known ? "Authorization: " + Tokens.BEARER + "\r\n" : "") + headers + "\r\n\r\n";
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 100, 408", "Transfer-Encoding: chunked, 408", "Content-Length: 100~Content-Encoding: gzip, 415"})
    void aBodyThatDoesNotCome(String header, int status) throws Exception {
        String answer = RawHttp.ask(ekko.port(), head(true, header.replace("~", "\r\n")));
        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("application/problem+json").endsWith("}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100", "Transfer-Encoding: chunked"})
    void aStrangersBodyThatDoesNotCome(String header) throws Exception {
        assertThat(RawHttp.ask(ekko.port(), head(false, header))).startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @CsvSource({"true, Content-Length: 9, {", "true, Transfer-Encoding: chunked, 5~{", "false, Content-Length: 9, {", "false, Transfer-Encoding: chunked, 5~{"})
    void aClientThatGoes(boolean known, String header, String part) throws Exception {
        try (RawHttp client = new RawHttp(ekko.port())) {
            client.send(head(known, header));
            client.send(part.replace("~", "\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBodyThatIsTooLarge(boolean known) throws Exception {
        try (RawHttp client = new RawHttp(ekko.port())) {
            client.send(head(known, "Transfer-Encoding: chunked"));
            for (int i = 0; i < 300; i++) {
                client.send("2710\r\n" + "x".repeat(10_000) + "\r\n");
            }
            assertThat(client.answer()).startsWith("HTTP/1.1 " + (known ? 413 : 401));
        } catch (SocketException e) {
            // closed while we were sending
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBodyThatIsNoChunk(boolean known) throws Exception {
        String answer = RawHttp.ask(ekko.port(), head(known, "Transfer-Encoding: chunked") + "no chunk\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + (known ? 400 : 401));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBodyThatComes(boolean known) throws Exception {
        try (RawHttp client = new RawHttp(ekko.port())) {
            client.send(head(known, "Connection: close\r\nContent-Length: 2"));
            client.send("{}");
            assertThat(client.answer()).startsWith("HTTP/1.1 " + (known ? 400 : 401));
        }
    }
}
