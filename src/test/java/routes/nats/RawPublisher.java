package routes.nats;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Publishes what jnats would refuse to send, as other clients do.
 *
 * @see <a href="https://docs.nats.io/reference/reference-protocols/nats-protocol">NATS client protocol</a>
 */
public final class RawPublisher {

    private RawPublisher() {
    }

    /** @param header a line such as {@code X-User: José}, sent as it is. Returns when the server has it. */
    public static void publish(String url, String subject, String header, String body) throws IOException {
        URI server = URI.create(url);
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            byte[] headers = ("NATS/1.0\r\n" + header + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
            byte[] data = body.getBytes(StandardCharsets.UTF_8);
            OutputStream out = socket.getOutputStream();
            out.write("CONNECT {\"verbose\":false,\"headers\":true}\r\nHPUB %s %d %d\r\n".formatted(subject, headers.length, headers.length + data.length)
                    .getBytes(StandardCharsets.UTF_8));
            out.write(headers);
            out.write(data);
            out.write("\r\nPING\r\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            BufferedReader answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = answers.readLine();
            while (line != null && !line.equals("PONG")) {
                line = answers.readLine();
            }
        }
    }
}
