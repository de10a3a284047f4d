package routes.nats;

/** A request found nobody who listens on its subject. */
public class NoResponderException extends NatsUnavailableException {

    public NoResponderException(String message) {
        super(message);
    }
}
