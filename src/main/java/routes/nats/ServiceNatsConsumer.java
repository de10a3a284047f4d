package routes.nats;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import io.nats.service.Service;
import io.nats.service.ServiceBuilder;
import io.nats.service.ServiceEndpoint;
import io.nats.service.ServiceMessage;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A core consumer that can be found as a NATS micro service: it answers {@code $SRV.PING|INFO|STATS}, and a failed
 * exchange is answered with the error headers of that protocol. Each of its {@code concurrentConsumers} is an instance of
 * the service, with a thread of its own.
 */
class ServiceNatsConsumer extends CoreNatsConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceNatsConsumer.class);
    private static final int BAD_REQUEST = 400;
    private static final int FAULT = 500;

    private final List<Service> instances = new ArrayList<>();

    ServiceNatsConsumer(JetStreamNatsEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    @Override
    protected synchronized void subscribe(Connection connection) {
        instances.clear();
        EndpointOptions options = endpoint.options();
        for (int i = 0; i < options.getConcurrentConsumers(); i++) {
            ServiceEndpoint subject = ServiceEndpoint.builder()
                    .endpointName(endpoint.subject().replace('.', '-'))
                    .endpointSubject(endpoint.subject())
                    .endpointQueueGroup(configuration.getQueueName())
                    .dispatcher(connection.createDispatcher())
                    .handler(request -> answer(connection, request))
                    .build();
            Service instance = new ServiceBuilder().connection(connection).name(options.getServiceName())
                    .version(options.getServiceVersion()).description(options.getServiceDescription())
                    .drainTimeout(DRAIN).addServiceEndpoint(subject).build();
            instance.startService();
            instances.add(instance);
        }
        LOG.info("Serving {} as micro service {} ({} instances)", endpoint.subject(), options.getServiceName(), instances.size());
    }

    private void answer(Connection connection, ServiceMessage request) {
        Message message = NatsMessage.builder().subject(request.getSubject()).replyTo(request.getReplyTo())
                .headers(request.getHeaders()).data(request.getData()).build();
        Exchange exchange = exchange(message);
        long start = System.nanoTime();
        try {
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        } finally {
            component.metrics().processed(message.getSubject(), System.nanoTime() - start);
        }
        try {
            if (exchange.getException() != null) {
                refuse(connection, request, exchange);
            } else if (request.getReplyTo() != null) {
                reply(message, exchange);
            }
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private void refuse(Connection connection, ServiceMessage request, Exchange exchange) {
        Exception failure = exchange.getException();
        boolean theirs = failure instanceof IllegalArgumentException || failure instanceof JsonProcessingException;
        LOG.atLevel(theirs ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.WARN)
                .log("Request on {} failed: {}", request.getSubject(), failure.toString());
        if (request.getReplyTo() != null) {
            request.respondStandardError(connection, theirs ? failure.getMessage().lines().findFirst().orElse("bad request") : "internal error",
                    theirs ? BAD_REQUEST : FAULT);
        }
    }

    @Override
    protected synchronized void unsubscribe() {
        if (component.connection().ifConnected().isPresent()) {
            instances.forEach(Service::stop);
        }
        instances.clear();
    }
}
