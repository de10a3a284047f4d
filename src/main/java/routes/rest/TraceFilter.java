package routes.rest;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Hands the trace of a request on to the routes, which take it from the header {@code traceparent}: the span of the
 * request itself where this application traces, else what the client has sent, or a new trace that nobody records: by it,
 * too, the messages of one request can be found.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context</a>
 */
@Component
@Order(TraceFilter.AFTER_OBSERVATION)
class TraceFilter extends OncePerRequestFilter {

    /** The span of the request is opened by a filter at {@code HIGHEST_PRECEDENCE + 1}. */
    static final int AFTER_OBSERVATION = Ordered.HIGHEST_PRECEDENCE + 2;

    private static final String TRACEPARENT = "traceparent";
    private static final Pattern VALID = Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private final Tracer tracer;

    TraceFilter(ObjectProvider<Tracer> tracer) {
        this.tracer = tracer.getIfAvailable(() -> Tracer.NOOP);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String parent = Optional.ofNullable(tracer.currentSpan()).map(TraceFilter::parent)
                .orElseGet(() -> Optional.ofNullable(request.getHeader(TRACEPARENT)).orElse(""));
        chain.doFilter(new RequestWithHeader(request, TRACEPARENT, VALID.matcher(parent).matches() ? parent : unrecorded()), response);
    }

    private static String unrecorded() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        // neither id may be all zeros
        return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1) + "-" + hex.toHexDigits(random.nextLong() | 1) + "-00";
    }

    private static String parent(Span span) {
        return "00-%s-%s-%s".formatted(span.context().traceId(), span.context().spanId(), Boolean.TRUE.equals(span.context().sampled()) ? "01" : "00");
    }
}
