package routes.yaml;

import java.util.List;
import java.util.Optional;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.nats.NatsEndpoint;
import org.awaitility.core.ConditionTimeoutException;
import org.citrusframework.context.TestContext;
import org.citrusframework.exceptions.CitrusRuntimeException;
import org.citrusframework.exceptions.ValidationException;

/** An action about what the consumer of a route did with a message. */
public abstract class DeliveryAction extends RouteAction {

    private String route;
    private String message = Publish.DEFAULT_NAME;
    private String messageId;

    DeliveryAction(String name) {
        super(name);
    }

    /** @param route id of the route that consumes the message */
    public void setRoute(String route) {
        this.route = route;
    }

    /** @param message name that {@code publish} gave it by {@code as} */
    public void setMessage(String message) {
        this.message = message;
    }

    /** @param messageId {@code Nats-Msg-Id} of a message that somebody else has published, instead of {@code message} */
    public void setMessageId(String messageId) {
        this.messageId = messageId;
    }

    String route() {
        return route;
    }

    Published message(TestContext context) {
        if (messageId == null) {
            return context.getVariable(message, Published.class);
        }
        String id = context.replaceDynamicContentInString(messageId);
        String consumer = consumer(context);
        Wire wire = bound(Wire.class, context);
        try {
            return awaiting().until(() -> wire.delivered(id, consumer), Optional::isPresent).orElseThrow();
        } catch (ConditionTimeoutException e) {
            throw new ValidationException("expected a message of the id %s to be delivered to route %s within %d ms, it was not".formatted(id, route, timeout().toMillis()));
        }
    }

    String consumer(TestContext context) {
        Route found = bound(CamelContext.class, context).getRoute(route);
        // the route's own endpoint is the interceptor of what is sent to it
        Endpoint from = found == null ? null : found.getConsumer().getEndpoint();
        if (from instanceof NatsEndpoint nats && nats.getConfiguration().getDurableName() != null) {
            return nats.getConfiguration().getDurableName();
        }
        throw new CitrusRuntimeException("There is no route '%s' that consumes from a stream".formatted(route));
    }

    /** @return how its deliveries were settled, waiting until it was at least so often, for as long as the timeout allows */
    List<Acknowledgement> settlements(int expected, TestContext context) {
        Wire wire = bound(Wire.class, context);
        Published published = message(context);
        String consumer = consumer(context);
        try {
            return awaiting().until(() -> wire.settlements(published, consumer), settled -> settled.size() >= expected);
        } catch (ConditionTimeoutException e) {
            return wire.settlements(published, consumer);
        }
    }
}
