package routes.nats;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param subjects   patterns that the {@code subject} label of metrics may take, first match first
 * @param queueDepth how often the depth of streams and consumers is asked of the server; 0 = never (a user without the rights)
 */
@ConfigurationProperties("ekko.nats.metrics")
public record NatsMetricsProperties(@DefaultValue List<String> subjects, @DefaultValue("5s") Duration queueDepth) {
}
