package routes.devservices;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of the loopback interface for servers that can be killed and restarted on the same port. */
public final class Port {

    public static final String HOST = "127.0.0.1";

    // Below the ephemeral ranges of Linux and macOS: while a server is down, no outgoing connection may be given
    // its port, and a client that keeps trying to reconnect cannot end up connected to itself.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;

    private Port() {
    }

    public static int free() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port between " + LOWEST + " and " + HIGHEST);
    }

    static int freeOrElseAny(int preferred) {
        return isFree(preferred) ? preferred : free();
    }

    private static boolean isFree(int port) {
        // Connecting finds a server on the wildcard address too, over which macOS lets one bind.
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(HOST, port), 500);
            return false;
        } catch (IOException nobodyListens) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
                return socket.isBound();
            } catch (IOException taken) {
                return false;
            }
        }
    }
}
