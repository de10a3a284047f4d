package routes.yaml;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultConsumer;
import org.citrusframework.context.TestContext;
import org.citrusframework.exceptions.CitrusRuntimeException;

/** Runs a route once, as its timer would. */
public final class RunRoute extends RouteAction {

    private String route;

    public RunRoute() {
        super("runRoute");
    }

    public void setRoute(String route) {
        this.route = route;
    }

    @Override
    void act(TestContext context) throws Exception {
        Route found = bound(CamelContext.class, context).getRoute(route);
        if (found == null || !(found.getConsumer() instanceof DefaultConsumer consumer)) {
            throw new CitrusRuntimeException("There is no route '%s' that can be run".formatted(route));
        }
        Exchange exchange = found.getEndpoint().createExchange();
        consumer.getProcessor().process(exchange);
        if (exchange.getException() != null) {
            throw new CitrusRuntimeException("expected route %s to end well, got %s".formatted(route, exchange.getException()), exchange.getException());
        }
    }
}
