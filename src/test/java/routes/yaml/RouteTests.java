package routes.yaml;

import java.io.IOException;
import java.util.UUID;

import javax.sql.DataSource;

import org.apache.camel.CamelContext;
import org.citrusframework.Citrus;
import org.citrusframework.CitrusContext;
import org.citrusframework.common.DefaultTestLoader;
import org.citrusframework.context.TestContext;
import org.citrusframework.http.client.HttpClient;
import org.citrusframework.http.client.HttpClientBuilder;
import org.citrusframework.report.TestActionListener;
import org.citrusframework.report.TestActionListeners;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import routes.security.Tokens;

/** Citrus, with the running application bound to the names that tests use. */
public final class RouteTests implements AutoCloseable {

    static final String CORRELATION = "correlation";

    private final Citrus citrus;
    private final Wire wire;

    /** @param http address of the application */
    public RouteTests(CamelContext camel, DataSource database, Environment environment, Steps steps, String http) throws Exception {
        citrus = Citrus.newInstance();
        wire = new Wire(environment.getRequiredProperty("ekko.nats.url"));
        CitrusContext context = citrus.getCitrusContext();
        context.bind("camel", camel);
        context.bind("steps", steps);
        context.bind("wire", wire);
        context.bind("database", database);
        context.bind("ekko", client(http));
        context.addComponent("request-headers", new RequestHeaders());
    }

    /** Of the JDK: Citrus's own repeats what is answered 503, after the pause that the answer asks for, and tells nothing of it. */
    private static HttpClient client(String http) {
        return new HttpClientBuilder().requestUrl(http).requestFactory(new JdkClientHttpRequestFactory())
                .interceptor(RouteTests::authorize).build();
    }

    /** Runs the test that the loader reads. Its ids are its own, so that no test hears what is another's. */
    void run(DefaultTestLoader loader, TestActionListener trace) {
        TestContext context = citrus.getCitrusContext().createTestContext();
        context.setTestActionListeners(new TestActionListeners());
        context.addTestActionListener(trace);
        context.setVariable("user", Tokens.USER);
        context.setVariable(CORRELATION, "test-" + UUID.randomUUID());
        for (String id : new String[]{"alert", "job", "event"}) {
            context.setVariable(id, UUID.randomUUID().toString());
        }
        loader.citrus(citrus).citrusContext(citrus.getCitrusContext()).context(context).load();
    }

    /** Requests that bring no token of their own are those of {@code ${user}}, who may do everything. */
    private static ClientHttpResponse authorize(HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
        request.getHeaders().addIfAbsent(HttpHeaders.AUTHORIZATION, Tokens.BEARER);
        return execution.execute(request, body);
    }

    @Override
    public void close() throws InterruptedException {
        wire.close();
        citrus.close();
    }
}
