package routes.resilience;

import java.time.Duration;
import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param breakers circuit breakers by the name that routes use in {@code resilience4jConfiguration.circuitBreaker}
 */
@Validated
@ConfigurationProperties("ekko")
public record BreakerProperties(@DefaultValue @Valid Map<String, Breaker> breakers) {

    /**
     * @param failures failures in a row that open it
     * @param openFor  how long it stays open before one call may try again
     */
    public record Breaker(@DefaultValue("5") @Min(1) int failures, @DefaultValue("60s") Duration openFor) {
    }
}
