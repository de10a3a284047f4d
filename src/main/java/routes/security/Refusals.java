package routes.security;

import java.io.IOException;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;
import routes.rest.Problem;

/** Answers requests that are not let in with a {@link Problem}, counts them, and logs a line that never has the token. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final int LONGEST_PATH = 200;

    private final ObjectMapper json;
    private final MeterRegistry meters;

    Refusals(ObjectMapper json, MeterRegistry meters) {
        this.json = json;
        this.meters = meters;
    }

    /** 401: no token, or none that is good. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure) throws IOException {
        Refusal reason = Refusal.of(failure);
        if (reason == Refusal.UNAVAILABLE) {
            LOG.warn("Tokens cannot be checked: {}", String.valueOf(failure.getMessage()));
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            refuse(request, response, HttpStatus.SERVICE_UNAVAILABLE, reason);
            return;
        }
        response.addHeader(HttpHeaders.WWW_AUTHENTICATE, reason == Refusal.MISSING ? "Bearer" : "Bearer error=\"invalid_token\"");
        refuse(request, response, HttpStatus.UNAUTHORIZED, reason);
    }

    /** 403 where the scope is missing; 404 where there is nothing that any scope would open. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied) throws IOException {
        if (AccessRules.isForOperators(request)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\", scope=\"" + AccessRules.OPERATOR_SCOPE + "\"");
            refuse(request, response, HttpStatus.FORBIDDEN, Refusal.SCOPE);
        } else {
            Problem.answer(request, response, json, HttpStatus.NOT_FOUND, "There is nothing at " + request.getRequestURI());
        }
    }

    /** 400: a path that means one thing to one reader and another to the next. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejected) throws IOException {
        refuse(request, response, HttpStatus.BAD_REQUEST, Refusal.PATH);
    }

    void refuse(HttpServletRequest request, HttpServletResponse response, HttpStatus status, Refusal reason) throws IOException {
        meters.counter("ekko.security.refusals", "reason", reason.tag()).increment();
        String path = request.getRequestURI();
        LOG.info("Refused {} {} with {}: {}", request.getMethod(), path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "…",
                status.value(), reason.tag());
        Problem.answer(request, response, json, status, reason.detail());
    }
}
