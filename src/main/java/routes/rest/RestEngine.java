package routes.rest;

import java.util.concurrent.Executor;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Camel's way from Spring MVC to a route, and beside it a short one: on the thread of the request, see {@link RouteFilter}. */
@Component("platform-http-engine")
class RestEngine extends SpringBootPlatformHttpEngine {

    /** Where Camel puts the routes of {@code openapi.yaml}. */
    private static final String CONTRACT_PATH = "/";

    private final Executor executor;
    private volatile Routes contract;

    RestEngine(@Value("${server.port}") int port, @Qualifier("applicationTaskExecutor") Executor executor) {
        super(port, executor);
        this.executor = executor;
    }

    /** The routes of the contract. */
    static final class Routes extends SpringBootPlatformHttpConsumer {

        private Routes(PlatformHttpEndpoint endpoint, Processor processor, Executor executor) {
            super(endpoint, processor, executor);
        }

        /** Runs a route to its end and writes its answer. */
        void answer(HttpServletRequest request, HttpServletResponse response) throws Exception {
            handleService(request, response);
        }
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        Routes routes = new Routes(endpoint, processor, executor);
        if (CONTRACT_PATH.equals(endpoint.getPath())) {
            contract = routes;
        }
        return routes;
    }

    /** @return null before they have been made */
    Routes contract() {
        return contract;
    }
}
