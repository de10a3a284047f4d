package routes.outbox;

import org.apache.camel.CamelContext;

/** The routes of the relay, stopped for a while. */
final class RelayRoutes {

    private RelayRoutes() {
    }

    static void stop(CamelContext camel) throws Exception {
        camel.getRouteController().stopRoute("outbox-clock");
        camel.getRouteController().stopRoute("outbox-relay");
    }

    static void start(CamelContext camel) throws Exception {
        camel.getRouteController().startRoute("outbox-relay");
        camel.getRouteController().startRoute("outbox-clock");
    }
}
