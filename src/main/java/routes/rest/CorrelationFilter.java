package routes.rest;

import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.MDC;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import routes.nats.NatsHeaders;

/**
 * Takes {@code X-Correlation-Id} of a request, or makes one where there is none that can be used; answers it, logs it,
 * and hands it on to the routes as a request header.
 */
@Component
@Order(FilterOrder.CORRELATION)
class CorrelationFilter extends OncePerRequestFilter {

    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String given = request.getHeader(NatsHeaders.CORRELATION_ID);
        String id = given != null && USABLE.matcher(given).matches() ? given : UUID.randomUUID().toString();
        response.setHeader(NatsHeaders.CORRELATION_ID, id);
        MDC.put(NatsHeaders.LOG_CORRELATION_ID, id);
        try {
            chain.doFilter(new RequestWithHeader(request, NatsHeaders.CORRELATION_ID, id), response);
        } finally {
            MDC.remove(NatsHeaders.LOG_CORRELATION_ID);
        }
    }

    /** The response has left the filter's thread, but its error page still belongs to the request. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
