package routes.nats;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/** Makes the durable consumers of all route files, with the options that the routes give them, for instances that may not. */
class RouteConsumers {

    private static final Logger LOG = LoggerFactory.getLogger(RouteConsumers.class);

    private final List<RouteEndpoint> endpoints;
    private final Environment environment;
    /** Not started: only its type converters are of use here. */
    private final CamelContext converters = new DefaultCamelContext();

    RouteConsumers(List<RouteEndpoint> endpoints, Environment environment) {
        this.endpoints = endpoints.stream().filter(RouteEndpoint::isDurable).toList();
        this.environment = environment;
    }

    /** @throws IOException also when the server refuses one: what refuses may be a cluster that is not complete yet */
    void keep(Connection connection) throws IOException {
        for (RouteEndpoint endpoint : endpoints) {
            ConsumerConfiguration wanted = options(endpoint).consumer(endpoint.durable(), endpoint.subject());
            try {
                connection.jetStreamManagement().addOrUpdateConsumer(endpoint.stream(), wanted);
            } catch (JetStreamApiException e) {
                throw new IOException("Consumer %s of stream %s: %s".formatted(endpoint.durable(), endpoint.stream(), e.getMessage()), e);
            }
            LOG.info("Consumer {} of stream {} is there for {}", endpoint.durable(), endpoint.stream(), endpoint.subject());
        }
    }

    /** Bound as the component binds them. */
    EndpointOptions options(RouteEndpoint endpoint) {
        Map<String, Object> parameters = new HashMap<>();
        endpoint.parameters().forEach((name, value) -> parameters.put(name,
                environment.resolveRequiredPlaceholders(value.replace("{{", "${").replace("}}", "}"))));
        EndpointOptions options = new EndpointOptions();
        PropertyBindingSupport.build().withIgnoreCase(true).withRemoveParameters(true).bind(converters, options, parameters);
        options.validate(endpoint.route());
        return options;
    }
}
