package routes.yaml;

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
import org.springframework.http.client.JdkClientHttpRequestFactory;

/** Citrus, with the running application bound to the names that tests use. */
public final class RouteTests implements AutoCloseable {

    static final String CORRELATION = "correlation";

    private final Citrus citrus;
    private final Wire wire;
    private final String user;

    /** @param http address of the application */
    public RouteTests(CamelContext camel, DataSource database, Environment environment, Steps steps, String http) throws Exception {
        citrus = Citrus.newInstance();
        wire = new Wire(environment.getRequiredProperty("ekko.nats.url"));
        user = environment.getRequiredProperty("ekko.user");
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
        return new HttpClientBuilder().requestUrl(http).requestFactory(new JdkClientHttpRequestFactory()).build();
    }

    /** Runs the test that the loader reads. Its ids are its own, so that no test hears what is another's. */
    void run(DefaultTestLoader loader, TestActionListener trace) {
        TestContext context = citrus.getCitrusContext().createTestContext();
        context.setTestActionListeners(new TestActionListeners());
        context.addTestActionListener(trace);
        context.setVariable("user", user);
        context.setVariable(CORRELATION, "test-" + UUID.randomUUID());
        for (String id : new String[]{"alert", "job", "event"}) {
            context.setVariable(id, UUID.randomUUID().toString());
        }
        loader.citrus(citrus).citrusContext(citrus.getCitrusContext()).context(context).load();
    }

    @Override
    public void close() throws InterruptedException {
        wire.close();
        citrus.close();
    }
}
