package routes.nats;

import java.io.IOException;

/** A message that is there, with headers that jnats does not read: they are not ASCII, which other clients and the server take. */
public class UnreadableMessageException extends IOException {

    UnreadableMessageException(String stream, RuntimeException why) {
        super("A message of stream %s cannot be read: %s".formatted(stream, why.getMessage()), why);
    }
}
