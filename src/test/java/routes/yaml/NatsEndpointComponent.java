package routes.yaml;

import java.util.Map;

import org.citrusframework.context.TestContext;
import org.citrusframework.endpoint.AbstractEndpointComponent;
import org.citrusframework.endpoint.Endpoint;

/** {@code nats:<subject>} as an endpoint of Citrus's own {@code send} and {@code receive}. */
public class NatsEndpointComponent extends AbstractEndpointComponent {

    public NatsEndpointComponent() {
        super("nats");
    }

    /** Citrus takes an endpoint for a URI, where a subject's {@code >} has no place. */
    @Override
    public Endpoint createEndpoint(String uri, TestContext context) {
        return super.createEndpoint(uri.replace(">", "%3E"), context);
    }

    @Override
    protected Endpoint createEndpoint(String subject, Map<String, String> parameters, TestContext context) {
        NatsEndpoint endpoint = new NatsEndpoint(subject);
        enrichEndpointConfiguration(endpoint.getEndpointConfiguration(), parameters, context);
        return endpoint;
    }
}
