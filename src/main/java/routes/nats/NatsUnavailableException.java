package routes.nats;

import java.io.IOException;

/** There is no connection to NATS right now. The message says which servers were tried. */
public class NatsUnavailableException extends IOException {

    public NatsUnavailableException(String message) {
        super(message);
    }
}
