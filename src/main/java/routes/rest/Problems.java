package routes.rest;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.TypeConversionException;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;
import routes.contracts.InvalidFieldException;
import routes.nats.NatsUnavailableException;
import routes.nats.NoResponderException;
import routes.nats.ServiceErrorException;
import routes.resilience.Breakers;

/** Turns what went wrong in a REST route into a {@link Problem}. Used by the route configuration {@code rest-errors}. */
@Component("problems")
public class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String RETRY_AFTER_SECONDS = "5";
    /** Class of SQLSTATE. */
    private static final String DATA_EXCEPTION = "22";

    private final ObjectMapper json;
    private final Breakers breakers;

    public Problems(ObjectMapper json, Breakers breakers) {
        this.json = json;
        this.breakers = breakers;
    }

    /** Answers the exception that the route has caught; a fault of ours is logged and told without its inside. */
    public void answer(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Throwable failure = unwrapped(caught);
        if (failure instanceof InvalidFieldException invalid) {
            write(exchange, HttpStatus.BAD_REQUEST, invalid.getMessage(),
                    List.of(new Problem.FieldError(invalid.field(), invalid.problem())));
        } else if (isOfAnUnusableValue(caught)) {
            LOG.warn("A value of the request cannot be used: {}", failure.getMessage());
            write(exchange, HttpStatus.BAD_REQUEST, "A value of the request is not one that can be used, though it looks like one", List.of());
        } else if (failure instanceof CallNotPermittedException open) {
            Duration retryAfter = breakers.openFor(open.getCausingCircuitBreakerName());
            exchange.getMessage().setHeader("Retry-After", String.valueOf(Math.max(1, retryAfter.toSeconds())));
            write(exchange, HttpStatus.SERVICE_UNAVAILABLE, "The service behind this resource has failed repeatedly and is left alone for a while", List.of());
        } else if (failure instanceof ServiceErrorException refused) {
            LOG.warn("The service behind this resource answered {}: {}", refused.code(), refused.getMessage());
            write(exchange, HttpStatus.BAD_GATEWAY, "The service behind this resource could not process the request", List.of());
        } else if (failure instanceof NoResponderException || failure instanceof ExchangeTimedOutException || failure instanceof TimeoutException) {
            LOG.warn("No answer in time: {}", failure.getMessage());
            write(exchange, HttpStatus.GATEWAY_TIMEOUT, "The service behind this resource did not answer in time", List.of());
        } else if (isUnavailable(failure)) {
            LOG.warn("Unavailable: {}", failure.toString());
            exchange.getMessage().setHeader("Retry-After", RETRY_AFTER_SECONDS);
            write(exchange, HttpStatus.SERVICE_UNAVAILABLE, "The service is unavailable for the moment; repeat the request, a POST with the same Idempotency-Key", List.of());
        } else {
            LOG.error("Request failed", failure);
            write(exchange, HttpStatus.INTERNAL_SERVER_ERROR, "An unexpected error; the log has it under the correlation id", List.of());
        }
    }

    /** What the contract lets through and PostgreSQL or Camel cannot read: a time in the year 0, a number with a blank before it. */
    private static boolean isOfAnUnusableValue(Throwable failure) {
        SQLException refused = ObjectHelper.getException(SQLException.class, failure);
        return ObjectHelper.getException(TypeConversionException.class, failure) != null
                || refused != null && String.valueOf(refused.getSQLState()).startsWith(DATA_EXCEPTION);
    }

    /** A circuit breaker wraps what it has caught. */
    private static Throwable unwrapped(Exception failure) {
        return failure instanceof RuntimeCamelException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static boolean isUnavailable(Throwable failure) {
        return failure instanceof CannotGetJdbcConnectionException || failure instanceof DataAccessResourceFailureException
                || failure instanceof TransientDataAccessException || failure instanceof NatsUnavailableException;
    }

    public void notFound(Exchange exchange) {
        write(exchange, HttpStatus.NOT_FOUND, "There is nothing with this id that is yours to see", List.of());
    }

    public void keyReused(Exchange exchange) {
        write(exchange, HttpStatus.UNPROCESSABLE_ENTITY, "Idempotency-Key was used before with another request",
                List.of(new Problem.FieldError("Idempotency-Key", "was used before with another request")));
    }

    private void write(Exchange exchange, HttpStatus status, String detail, List<Problem.FieldError> errors) {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status.value());
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE);
        exchange.getMessage().setBody(body(exchange, status, detail, errors));
    }

    /** @return the problem as JSON, for the request of this exchange */
    String body(Exchange exchange, HttpStatus status, String detail, List<Problem.FieldError> errors) {
        try {
            return json.writeValueAsString(Problem.of(status, detail,
                    exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class),
                    exchange.getMessage().getHeader("X-Correlation-Id", String.class), errors));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem of strings can always be written", e);
        }
    }
}
