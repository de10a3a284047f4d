package routes.rest;

import java.nio.file.Path;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.security.RawHttp;

import static org.assertj.core.api.Assertions.assertThat;

/** An error before anybody has read the body has its problem all the same. */
class UnreadBodyTest {

    private static final String POST = "POST /%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";

    private final Tomcat tomcat = new Tomcat();

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder.toString());
        context.getPipeline().addValve(new UnreadBodyValve());
        Tomcat.addServlet(context, "failing", new Failing());
        context.addServletMappingDecoded("/*", "failing");
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "error"})
    void aFailureIsToldOf(String path) throws Exception {
        String answer = RawHttp.ask(tomcat.getConnector().getLocalPort(), POST.formatted(path));
        assertThat(answer).startsWith("HTTP/1.1 500").contains("application/problem+json").endsWith("}").contains("\"status\":500").doesNotContain("secret");
    }

    @Test
    void anAnswerIsNotAddedTo() throws Exception {
        String answer = RawHttp.ask(tomcat.getConnector().getLocalPort(), POST.formatted("answer"));
        assertThat(answer).startsWith("HTTP/1.1 409").endsWith("\r\n\r\nno");
    }

    private static final class Failing extends HttpServlet {

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws java.io.IOException {
            switch (request.getRequestURI()) {
                case "/exception" -> throw new IllegalStateException("secret");
                case "/error" -> response.sendError(500, "secret");
                default -> {
                    response.setStatus(409);
                    response.setContentLength(2);
                    response.getWriter().write("no");
                }
            }
        }
    }
}
