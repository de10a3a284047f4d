package routes.security;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;

/** Lets pages of the origins in {@code ekko.rest.cors-origins} use the API; without any, no page of another origin can. */
@Component
class CrossOrigin {

    private final List<String> origins;
    private final Refusals refusals;

    CrossOrigin(@Value("${ekko.rest.cors-origins}") List<String> origins, Refusals refusals) {
        this.origins = origins;
        this.refusals = refusals;
    }

    /** Not a bean: Spring Boot would add it to every request a second time, in front of all others. */
    Optional<CorsFilter> filter() {
        if (origins.isEmpty()) {
            return Optional.empty();
        }
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedOrigins(origins);
        rules.setAllowedMethods(List.of("GET", "POST", "PATCH", "DELETE"));
        rules.setAllowedHeaders(List.of("Authorization", "Content-Type", "Idempotency-Key", "X-Correlation-Id", "traceparent"));
        rules.setExposedHeaders(List.of("Location", "Retry-After", "WWW-Authenticate", "X-Correlation-Id"));
        rules.setMaxAge(3600L);
        CorsFilter filter = new CorsFilter(request -> rules);
        filter.setCorsProcessor(new Processor());
        return Optional.of(filter);
    }

    private final class Processor extends DefaultCorsProcessor {

        @Override
        public boolean processRequest(CorsConfiguration rules, HttpServletRequest request, HttpServletResponse response) throws IOException {
            boolean allowed = super.processRequest(rules, request, response);
            if (!allowed) {
                refusals.refuse(request, response, HttpStatus.FORBIDDEN, Refusal.ORIGIN);
            }
            return allowed;
        }

        /** The answer is written above, where the request is known. */
        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            response.setStatusCode(HttpStatus.FORBIDDEN);
        }
    }
}
