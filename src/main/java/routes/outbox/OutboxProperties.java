package routes.outbox;

import java.time.Duration;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param window    events published before their PubAcks are awaited
 * @param takeover  how often an instance that is not the relay tries to become it
 * @param heldBack  how long events of a stream wait that has just refused one
 */
@Validated
@ConfigurationProperties("ekko.outbox")
public record OutboxProperties(@DefaultValue("500") @Min(1) int window,
                               @DefaultValue("1s") Duration takeover,
                               @DefaultValue("2s") Duration heldBack) {
}
