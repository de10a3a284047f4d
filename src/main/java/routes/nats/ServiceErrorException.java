package routes.nats;

import java.io.IOException;
import java.util.Optional;

import io.nats.client.Message;
import io.nats.service.ServiceMessage;

/**
 * A micro service has answered a request with an error.
 *
 * @see <a href="https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-32.md">ADR-32, service API</a>
 */
public class ServiceErrorException extends IOException {

    private final int code;

    private ServiceErrorException(int code, String message) {
        super(message);
        this.code = code;
    }

    static Optional<ServiceErrorException> of(Message reply) {
        String code = reply.getHeaders() == null ? null : reply.getHeaders().getFirst(ServiceMessage.NATS_SERVICE_ERROR_CODE);
        return Optional.ofNullable(code).map(value -> new ServiceErrorException(Integer.parseInt(value),
                reply.getHeaders().getFirst(ServiceMessage.NATS_SERVICE_ERROR)));
    }

    /** @return 400 for a request that could not be understood, 500 for a fault of the service */
    public int code() {
        return code;
    }
}
