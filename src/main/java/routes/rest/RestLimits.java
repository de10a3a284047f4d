package routes.rest;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * What one request may cost.
 *
 * @param maxBody     the largest body
 * @param bodyTimeout how long a client may take to send it
 */
@ConfigurationProperties("ekko.rest")
record RestLimits(DataSize maxBody, Duration bodyTimeout) {
}
