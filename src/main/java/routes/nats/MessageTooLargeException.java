package routes.nats;

import java.io.IOException;

/** A message body is larger than may be sent. Found before it is sent; sending it again would not help. */
public class MessageTooLargeException extends IOException {

    /**
     * @param subject subject it was meant for
     * @param size    size of the body in bytes
     * @param limit   largest size allowed in bytes
     */
    public MessageTooLargeException(String subject, long size, long limit) {
        super("Message of %d bytes for %s is larger than the limit of %d bytes".formatted(size, subject, limit));
    }
}
