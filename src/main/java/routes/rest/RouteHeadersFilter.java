package routes.rest;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
        // the firewall looks at values as they are read: here it can still answer, in a route it could not, nor has it to look again
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : Collections.list(request.getHeaderNames())) {
            if (SEEN.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, Collections.list(request.getHeaders(name)));
            }
        }
        List<String> parameters = Collections.list(request.getParameterNames()).stream().filter(name -> !isHeader(name)).toList();
        chain.doFilter(new Shortened(request, headers, parameters), response);
    }

    private static boolean isHeader(String parameter) {
        String name = parameter.toLowerCase(Locale.ROOT);
        return SEEN.contains(name) || ResponseHeaders.ANSWERED.contains(name);
    }

    private static final class Shortened extends HttpServletRequestWrapper {

        private final Map<String, List<String>> headers;
        private final List<String> parameters;

        private Shortened(HttpServletRequest request, Map<String, List<String>> headers, List<String> parameters) {
            super(request);
            this.headers = headers;
            this.parameters = parameters;
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(headers.keySet());
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            List<String> values = headers.get(name);
            return values != null ? Collections.enumeration(values) : super.getHeaders(name);
        }

        @Override
        public String getHeader(String name) {
            List<String> values = headers.get(name);
            return values != null && !values.isEmpty() ? values.get(0) : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(parameters);
        }
    }
}
