package routes.yaml;

import org.citrusframework.endpoint.AbstractEndpoint;
import org.citrusframework.endpoint.AbstractEndpointConfiguration;
import org.citrusframework.messaging.Consumer;
import org.citrusframework.messaging.Producer;

/** Messages of a subject, wildcards allowed. Only those of the running test are heard: they have its correlation id. */
class NatsEndpoint extends AbstractEndpoint {

    private final String subject;

    NatsEndpoint(String subject) {
        super(new Settings());
        this.subject = subject;
        setName("nats:" + subject);
    }

    /** Of Citrus, {@code timeout} alone. */
    static class Settings extends AbstractEndpointConfiguration {
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("The action 'publish' sends to " + subject);
    }

    @Override
    public Consumer createConsumer() {
        return new NatsListener(subject, getEndpointConfiguration());
    }
}
