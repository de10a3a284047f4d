package routes.nats;

import java.io.IOException;

/** A message could not be published. The message names subject and reason; the cause has what jnats or the server said. */
public class PublishRefusedException extends IOException {

    public PublishRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
