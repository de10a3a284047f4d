package routes.resilience;

import java.time.Duration;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;
import routes.nats.ServiceErrorException;

/**
 * The circuit breakers of {@code ekko.breakers}: each is a bean of its name for Camel's circuit breaker EIP, has a route
 * policy {@code pause-while-<name>-open}, and shows its state in the metrics ({@code resilience4j_circuitbreaker_state}), in health, and in the log.
 */
@Component("breakers")
public class Breakers implements CamelContextConfiguration, HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);
    private static final int BAD_REQUEST = 400;
    /** What HTTP services answer to a message that they do not take: bad request, conflict, too large, unprocessable. */
    private static final Set<Integer> BAD_MESSAGES = Set.of(BAD_REQUEST, 409, 413, 422);

    private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();

    Breakers(BreakerProperties properties, MeterRegistry meters) {
        properties.breakers().forEach((name, settings) -> registry.circuitBreaker(name, config(settings)).getEventPublisher()
                .onStateTransition(event -> LOG.warn("Circuit breaker {}: {}", name, event.getStateTransition())));
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry).bindTo(meters);
    }

    private static CircuitBreakerConfig config(BreakerProperties.Breaker settings) {
        return CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(settings.failures())
                .minimumNumberOfCalls(settings.failures())
                .failureRateThreshold(100)
                .waitDurationInOpenState(settings.openFor())
                .permittedNumberOfCallsInHalfOpenState(1)
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .ignoreException(failure -> isCallersFault(failure) || isCallersFault(failure.getCause()))
                .build();
    }

    /** A request that the other side rightly refuses is no failure of the other side. */
    private static boolean isCallersFault(Throwable failure) {
        return failure instanceof HttpOperationFailedException answer && BAD_MESSAGES.contains(answer.getStatusCode())
                || failure instanceof ServiceErrorException refused && refused.code() == BAD_REQUEST
                || failure instanceof IllegalArgumentException || failure instanceof JsonProcessingException;
    }

    /** @return how long the breaker stays open */
    public Duration openFor(String name) {
        CircuitBreaker breaker = registry.circuitBreaker(name);
        return Duration.ofMillis(breaker.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState().apply(1));
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        registry.getAllCircuitBreakers().forEach(breaker -> {
            camel.getRegistry().bind(breaker.getName(), breaker);
            camel.getRegistry().bind("pause-while-" + breaker.getName() + "-open", new PauseWhileOpen(breaker));
        });
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // nothing is left to do
    }

    /** Up also while one is open: the instance is well, what it calls is not. */
    @Override
    public Health health() {
        Health.Builder health = Health.up();
        registry.getAllCircuitBreakers().forEach(breaker -> health.withDetail(breaker.getName(), breaker.getState().name().toLowerCase()));
        return health.build();
    }
}
