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

    @Override
    protected Endpoint createEndpoint(String subject, Map<String, String> parameters, TestContext context) {
        NatsEndpoint endpoint = new NatsEndpoint(subject);
        enrichEndpointConfiguration(endpoint.getEndpointConfiguration(), parameters, context);
        return endpoint;
    }
}
