package routes.nats;

import java.io.IOException;

import io.nats.client.Connection;

/** Is told each time a connection to NATS has come up, first or again, on the supervisor's thread. */
@FunctionalInterface
public interface NatsConnectedListener {

    /**
     * @param connection the open connection
     * @throws IOException when the server did not answer; the listener is asked again a little later
     * @throws TopologyException when the server can never serve this application; stops the start of the application
     */
    void connected(Connection connection) throws IOException;
}
