package routes.workbench.live;

import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Sees to it that an endpoint that goes with its route goes whole. Camel looks its endpoints over when a route is loaded that
 * intercepts messages to others, and writes each down under a second name; from there a later route would get one that is closed.
 */
final class ForgottenEndpoints extends LifecycleStrategySupport {

    private final CamelContext camel;

    ForgottenEndpoints(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public void onEndpointRemove(Endpoint endpoint) {
        camel.getEndpointRegistry().entrySet().stream().filter(entry -> entry.getValue() == endpoint).map(Map.Entry::getKey).toList()
                .forEach(camel.getEndpointRegistry()::remove);
    }
}
