package routes.batch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.stereotype.Component;

/**
 * The {@code batch:} component: like {@code direct:}, but exchanges that come while the route is busy go through it together
 * the next time, and each has its answer when the route has ended. The route sees one exchange whose body is the
 * {@code List<Exchange>}, as from a consumer with {@code batching: true}, and answers each in its message.
 */
@Component("batch-component")
class BatchComponent extends DefaultComponent {

    private final Map<String, BatchConsumer> consumers = new ConcurrentHashMap<>();

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) throws Exception {
        BatchEndpoint endpoint = new BatchEndpoint(uri, name, this);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** @return the routes that run, by the name of their endpoint */
    Map<String, BatchConsumer> consumers() {
        return consumers;
    }
}
