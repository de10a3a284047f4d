package routes.nats;

import io.nats.client.Connection;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** Health component {@code nats}: UP when the connection stands and the streams are as configured. */
@Component
public class NatsHealthIndicator extends AbstractHealthIndicator {

    private final NatsConnection connection;
    private final NatsProperties properties;
    private final NatsEvents events;
    private final StreamTopology topology;

    public NatsHealthIndicator(NatsConnection connection, NatsProperties properties, NatsEvents events, StreamTopology topology) {
        super("NATS health check failed");
        this.connection = connection;
        this.properties = properties;
        this.events = events;
        this.topology = topology;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Connection current = connection.ifConnected().orElse(null);
        if (current == null) {
            health.down().withDetail("servers", properties.servers()).withDetail("reason", connection.lastFailure());
        } else {
            health.up()
                    .withDetail("server", current.getServerInfo().getServerName())
                    .withDetail("version", current.getServerInfo().getVersion())
                    .withDetail("url", NatsProperties.withoutCredentials(current.getConnectedUrl()))
                    .withDetail("streams", topology.streamNames());
        }
        if (topology.problem() != null) {
            health.down().withDetail("streams", topology.problem());
        }
        if (events.lastDenied() != null) {
            health.withDetail("denied", events.lastDenied());
        }
        if (events.lastError() != null) {
            health.withDetail("lastError", events.lastError());
        }
    }
}
