package routes.nats;

import java.util.Set;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultHeaderFilterStrategy;

/**
 * What may pass between Camel headers and message headers. Camel's own headers steer routes and never cross, in neither
 * direction and in no letter case (CVE-2026-46457); {@code Nats-*} headers would make the next publish a duplicate of
 * the last; what an HTTP request brought along is nobody's business on the bus.
 */
public class NatsHeaderFilterStrategy extends DefaultHeaderFilterStrategy {

    private static final String NATS = "nats-";
    private static final Set<String> HTTP = Set.of("authorization", "cookie", "set-cookie", "proxy-authorization",
            "accept", "accept-encoding", "accept-language", "cache-control", "connection", "content-encoding",
            "content-length", "expect", "forwarded", "from", "host", "idempotency-key", "origin", "pragma", "range",
            "referer", "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "via");
    private static final Set<String> HTTP_PREFIXES = Set.of("sec-", "x-forwarded-", "if-");

    public NatsHeaderFilterStrategy() {
        setLowerCase(true);
        setInFilterStartsWith(CAMEL_FILTER_STARTS_WITH);
        setOutFilterStartsWith(CAMEL_FILTER_STARTS_WITH);
        getOutFilter().addAll(HTTP);
    }

    @Override
    protected boolean extendedFilter(Direction direction, String key, Object value, Exchange exchange) {
        String name = key.toLowerCase();
        // a name that merely ends in Nats-Msg-Id triggers deduplication on old servers
        return name.startsWith(NATS) || name.endsWith("nats-msg-id")
                || direction == Direction.OUT && HTTP_PREFIXES.stream().anyMatch(name::startsWith);
    }
}
