package routes.rest;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Runs the route of an ordinary request on the thread that has it. By Spring MVC, which takes all others, a request costs
 * nearly twice as much: it goes to another thread, and its answer once more through the filters.
 */
@Component
@Order(FilterOrder.ROUTE)
class RouteFilter extends OncePerRequestFilter {

    private static final Set<String> ORDINARY_CONTENT = Set.of(MediaType.APPLICATION_JSON_VALUE, "application/json;charset=utf-8");
    private static final String SEEN = RouteFilter.class.getName() + ".seen";

    private final RestEngine engine;
    private final Semaphore places;
    private final Duration patience;

    RouteFilter(RestEngine engine, RestLimits limits) {
        this.engine = engine;
        this.places = new Semaphore(limits.routeThreads(), limits.inOrder());
        this.patience = limits.patience();
    }

    /** A request whose body came later is here for the first time in such a dispatch. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean first = request.getAttribute(SEEN) == null;
        request.setAttribute(SEEN, true);
        RestEngine.Routes routes = engine.contract();
        boolean inContract = request.getAttribute(ContractPathFilter.PATH) != null;
        if (!first || routes == null || !inContract || !isOrdinary(request) || !hasPlace()) {
            chain.doFilter(request, response);
            return;
        }
        try {
            routes.answer(request, new UnflushedAnswer(response));
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        } finally {
            places.release();
        }
    }

    private boolean hasPlace() {
        try {
            return places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether Spring MVC would have nothing to say to its media types. */
    private static boolean isOrdinary(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        String type = request.getContentType();
        return (accept == null || accept.equals(MediaType.ALL_VALUE))
                && (type == null ? hasNoBody(request) : ORDINARY_CONTENT.contains(type.replace(" ", "").toLowerCase(Locale.ROOT)));
    }

    private static boolean hasNoBody(HttpServletRequest request) {
        return request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
    }
}
