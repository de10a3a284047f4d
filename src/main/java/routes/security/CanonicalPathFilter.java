package routes.security;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import routes.rest.FilterOrder;

/**
 * Asks the firewall before Spring Security reads the path, which fails where Tomcat has led the request elsewhere than it
 * says: {@code /x/../actuator/jolokia} goes to a servlet of its own. Anybody could fill the log with that.
 */
@Component
@Order(FilterOrder.CANONICAL_PATH)
class CanonicalPathFilter extends OncePerRequestFilter {

    private final CanonicalPathFirewall firewall;
    private final Refusals refusals;

    CanonicalPathFilter(CanonicalPathFirewall firewall, Refusals refusals) {
        this.firewall = firewall;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isOrdinary(request)) {
            try {
                firewall.getFirewalledRequest(request);
            } catch (RequestRejectedException e) {
                refusals.handle(request, response, e);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** Whether the path is the one that Tomcat went by; the firewall is asked about it later on, once. */
    private static boolean isOrdinary(HttpServletRequest request) {
        return request.getPathInfo() == null && request.getRequestURI().equals(request.getServletPath());
    }
}
