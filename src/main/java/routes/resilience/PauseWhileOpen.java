package routes.resilience;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.nats.PausableConsumer;

/**
 * Route policy {@code pause-while-<breaker>-open}: while the breaker is open the consumer fetches nothing more. What it
 * holds stays in hand and the rest on the server, so that no delivery is used up on calls that are not made.
 */
class PauseWhileOpen extends RoutePolicySupport {

    private static final Logger LOG = LoggerFactory.getLogger(PauseWhileOpen.class);

    private final Map<String, Route> routes = new ConcurrentHashMap<>();

    PauseWhileOpen(CircuitBreaker breaker) {
        breaker.getEventPublisher().onStateTransition(event ->
                routes.values().forEach(route -> follow(breaker, event.getStateTransition().getToState(), route)));
    }

    @Override
    public void onStart(Route route) {
        routes.put(route.getRouteId(), route);
    }

    private static void follow(CircuitBreaker breaker, CircuitBreaker.State state, Route route) {
        if (!(route.getConsumer() instanceof PausableConsumer consumer)) {
            return;
        }
        if (state == CircuitBreaker.State.OPEN) {
            LOG.warn("Route {} pauses: circuit breaker {} is open", route.getRouteId(), breaker.getName());
            consumer.pauseFetching();
        } else {
            consumer.resumeFetching();
        }
    }
}
