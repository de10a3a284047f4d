package routes.nats;

import java.util.List;

import org.apache.camel.Exchange;

/** Exchanges that go through a route together, as the body of one: what a consumer with {@code batching: true} gives. */
public final class Batch {

    private Batch() {
    }

    /** @return the exchanges in the body of this one; where it carries no others, this one alone */
    @SuppressWarnings("unchecked")
    public static List<Exchange> of(Exchange exchange) {
        boolean carriesOthers = exchange.getMessage().getBody() instanceof List<?> body && !body.isEmpty() && body.get(0) instanceof Exchange;
        return carriesOthers ? (List<Exchange>) exchange.getMessage().getBody() : List.of(exchange);
    }
}
