package routes.nats;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.nats.NatsConfiguration;
import org.apache.camel.component.nats.NatsEndpoint;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.util.ObjectHelper;

/** A subject: JetStream with {@code jetstreamEnabled=true}, core NATS otherwise. */
@UriEndpoint(scheme = "nats", title = "Nats", syntax = "nats:topic", firstVersion = "2.17.0")
public class JetStreamNatsEndpoint extends NatsEndpoint {

    private final JetStreamNatsComponent component;
    private final EndpointOptions options;

    JetStreamNatsEndpoint(String uri, JetStreamNatsComponent component, NatsConfiguration configuration, EndpointOptions options) {
        super(uri, component, configuration);
        this.component = component;
        this.options = options;
    }

    @Override
    public Producer createProducer() {
        return new JetStreamNatsProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (!getConfiguration().isJetstreamEnabled()) {
            Consumer consumer = options.getServiceName() == null ? new CoreNatsConsumer(this, processor) : new ServiceNatsConsumer(this, processor);
            configureConsumer(consumer);
            return consumer;
        }
        require("jetstreamName", getConfiguration().getJetstreamName());
        require("durableName", getConfiguration().getDurableName());
        Consumer consumer = new JetStreamNatsConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    /** @throws IllegalArgumentException that names the options that do not go together */
    void validate() {
        if (options.isRequestReply() && getConfiguration().isJetstreamEnabled()) {
            throw new IllegalArgumentException("Options requestReply and jetstreamEnabled of " + getEndpointUri()
                    + " exclude each other: a request on a subject of a stream is answered by the stream, not by a responder");
        }
        if (!getConfiguration().isPullSubscription()) {
            throw new IllegalArgumentException("Option pullSubscription=false of " + getEndpointUri()
                    + " is not supported: JetStream is consumed by durable pull consumers");
        }
    }

    private void require(String option, String value) {
        if (ObjectHelper.isEmpty(value)) {
            throw new IllegalArgumentException("Option " + option + " of " + getEndpointUri() + " is missing: a JetStream consumer needs it");
        }
    }

    @Override
    public String getServiceUrl() {
        return String.join(",", component.properties().servers());
    }

    String subject() {
        return getConfiguration().getTopic();
    }

    EndpointOptions options() {
        return options;
    }

    JetStreamNatsComponent component() {
        return component;
    }
}
