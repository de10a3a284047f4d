package routes.nats;

import java.util.List;

import org.apache.camel.Exchange;

/** Messages that go through a route together: what a consumer with {@code batching: true} gives as the body of one exchange. */
public final class Batch {

    /** What is done with each message. */
    @FunctionalInterface
    public interface Step {
        void process(Exchange message) throws Exception;
    }

    private Batch() {
    }

    /** @return the messages in the body of this exchange; where it carries none, this one alone */
    @SuppressWarnings("unchecked")
    public static List<Exchange> of(Exchange exchange) {
        boolean carriesMessages = exchange.getMessage().getBody() instanceof List<?> body && !body.isEmpty() && body.get(0) instanceof Exchange;
        return carriesMessages ? (List<Exchange>) exchange.getMessage().getBody() : List.of(exchange);
    }

    /**
     * Does something with each message. One of several that fails keeps its exception and is left out of the rest of the route: the
     * others go on without it, and the consumer tries it again alone.
     *
     * @throws Exception of the only message, or of the first where all have failed
     */
    public static void each(Exchange exchange, Step step) throws Exception {
        of(exchange).forEach(message -> attempt(message, step));
        leaveOutFailed(exchange);
    }

    private static void attempt(Exchange message, Step step) {
        try {
            step.process(message);
        } catch (Exception e) {
            message.setException(e);
        }
    }

    /**
     * Goes on without the messages that have an exception.
     *
     * @throws Exception of the first, where all have failed
     */
    static void leaveOutFailed(Exchange exchange) throws Exception {
        List<Exchange> messages = of(exchange);
        List<Exchange> sound = messages.stream().filter(message -> message.getException() == null).toList();
        if (sound.isEmpty()) {
            throw messages.get(0).getException();
        }
        if (sound.size() < messages.size()) {
            exchange.getMessage().setBody(sound);
        }
    }
}
