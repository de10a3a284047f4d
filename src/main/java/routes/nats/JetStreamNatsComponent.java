package routes.nats;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Endpoint;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.component.nats.NatsComponent;
import org.apache.camel.component.nats.NatsConfiguration;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * The {@code nats:} component of this application: Camel's own, with endpoints that acknowledge a JetStream message
 * only when its exchange is complete, check the PubAck of every publish, and share one connection. camel-nats 4.17 does
 * none of that; from 4.18 on it grows the same options, and this class can go.
 */
@org.springframework.stereotype.Component("nats-component")
@Component("nats")
public class JetStreamNatsComponent extends NatsComponent {

    private final NatsConnection connection;
    private final JetStreamPublisher publisher;
    private final NatsMetrics metrics;
    private final MessageMapping mapping;
    private final NatsProperties properties;
    private final ShutdownReport report;
    private ExecutorService continuations;

    public JetStreamNatsComponent(NatsConnection connection, JetStreamPublisher publisher, MessageMapping mapping,
                                  NatsMetrics metrics, NatsProperties properties, ShutdownReport report) {
        this.report = report;
        this.connection = connection;
        this.publisher = publisher;
        this.mapping = mapping;
        this.metrics = metrics;
        this.properties = properties;
        setHeaderFilterStrategy(new NatsHeaderFilterStrategy());
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        // few, and gone soon: when all are busy the thread of the client goes on itself, and so lets the answers wait
        ThreadPoolProfile few = new ThreadPoolProfileBuilder("NatsAnswered").poolSize(1).maxPoolSize(4).maxQueueSize(0)
                .keepAliveTime(10L, TimeUnit.SECONDS).allowCoreThreadTimeOut(true).rejectedPolicy(ThreadPoolRejectedPolicy.CallerRuns).build();
        continuations = getCamelContext().getExecutorServiceManager().newThreadPool(this, "NatsAnswered", few);
    }

    @Override
    protected void doShutdown() throws Exception {
        getCamelContext().getExecutorServiceManager().shutdown(continuations);
        super.doShutdown();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        NatsConfiguration configuration = new NatsConfiguration();
        configuration.setTopic(remaining);
        configuration.setHeaderFilterStrategy(getHeaderFilterStrategy());
        configuration.setRequestTimeout(properties.jetstreamTimeout().toMillis());

        EndpointOptions options = new EndpointOptions();
        // binds what it knows and leaves the rest in the map for Camel's own options
        PropertyBindingSupport.build().withIgnoreCase(true).withRemoveParameters(true)
                .bind(getCamelContext(), options, parameters);
        options.validate(uri);

        JetStreamNatsEndpoint endpoint = new JetStreamNatsEndpoint(uri, this, configuration, options);
        setProperties(endpoint, parameters);
        endpoint.validate();
        return endpoint;
    }

    NatsConnection connection() {
        return connection;
    }

    JetStreamPublisher publisher() {
        return publisher;
    }

    MessageMapping mapping() {
        return mapping;
    }

    NatsMetrics metrics() {
        return metrics;
    }

    ShutdownReport report() {
        return report;
    }

    /** Where a route goes on that has waited for a PubAck or a reply: on the thread that brings them it could wait for the next one for ever. */
    Executor continuations() {
        return continuations;
    }

    NatsProperties properties() {
        return properties;
    }
}
