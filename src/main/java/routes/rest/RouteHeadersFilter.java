package routes.rest;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Camel makes headers of its message both of request headers and of parameters. There a route would take a header
 * {@code limit} for the parameter of that name, a parameter {@code ETag} would become a header of the answer, and a token
 * could end up in a log. Routes see the headers named here, and no parameter that is named like a header.
 */
@Component
@Order(FilterOrder.ROUTE_HEADERS)
class RouteHeadersFilter extends OncePerRequestFilter {

    private static final Set<String> SEEN = Set.of("accept", "content-type", "content-length", "idempotency-key",
            "x-correlation-id", "traceparent", "tracestate", "baggage");

    /** A body that came later comes with another dispatch. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> names = Collections.list(request.getHeaderNames()).stream()
                .filter(name -> SEEN.contains(name.toLowerCase(Locale.ROOT))).toList();
        // the firewall looks at values as they are read: here it can still answer, in a route it could not
        names.forEach(request::getHeader);
        List<String> parameters = Collections.list(request.getParameterNames()).stream().filter(name -> !isHeader(name)).toList();
        chain.doFilter(new Shortened(request, names, parameters), response);
    }

    private static boolean isHeader(String parameter) {
        String name = parameter.toLowerCase(Locale.ROOT);
        return SEEN.contains(name) || ResponseHeaders.ANSWERED.contains(name);
    }

    private static final class Shortened extends HttpServletRequestWrapper {

        private final List<String> names;
        private final List<String> parameters;

        private Shortened(HttpServletRequest request, List<String> names, List<String> parameters) {
            super(request);
            this.names = names;
            this.parameters = parameters;
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(names);
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(parameters);
        }
    }
}
