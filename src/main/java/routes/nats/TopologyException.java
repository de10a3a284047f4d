package routes.nats;

/** The streams that the application needs cannot be had from this server. The message names stream and setting. */
public class TopologyException extends IllegalStateException {

    public TopologyException(String message, Throwable cause) {
        super(message, cause);
    }
}
