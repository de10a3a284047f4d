package routes.rest;

import java.util.Set;

import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.springframework.stereotype.Component;

/**
 * Which headers of a REST exchange become response headers: those named here. All others are the request's own, or are
 * meant for messages, and would only leak.
 */
@Component("responseHeaders")
class ResponseHeaders extends HttpHeaderFilterStrategy {

    static final Set<String> ANSWERED = Set.of("location", "retry-after", "allow", "etag", "content-type");

    @Override
    protected boolean extendedFilter(Direction direction, String key, Object value, Exchange exchange) {
        return direction == Direction.OUT ? !ANSWERED.contains(key.toLowerCase()) : super.extendedFilter(direction, key, value, exchange);
    }
}
