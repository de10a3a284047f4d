package routes.security;

import java.io.IOException;
import java.time.Duration;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** So many requests a second for each user, by this instance. What monitors ask for is not counted. */
class RateLimitFilter extends OncePerRequestFilter {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** A limiter that is forgotten early only starts a new second. */
    private static final int MOST_USERS = 100_000;

    private final LoadingCache<String, RateLimiter> limiters;
    private final Refusals refusals;

    RateLimitFilter(int perSecond, Refusals refusals) {
        this.refusals = refusals;
        RateLimiterConfig config = RateLimiterConfig.custom().limitForPeriod(perSecond).limitRefreshPeriod(PERIOD)
                .timeoutDuration(Duration.ZERO).build();
        this.limiters = Caffeine.newBuilder().maximumSize(MOST_USERS).expireAfterAccess(Duration.ofMinutes(1))
                .build(user -> RateLimiter.of("rest", config));
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return AccessRules.isForMonitors(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller instanceof JwtAuthenticationToken && !limiters.get(caller.getName()).acquirePermission()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(PERIOD.toSeconds()));
            refusals.refuse(request, response, HttpStatus.TOO_MANY_REQUESTS, Refusal.RATE);
        } else {
            chain.doFilter(request, response);
        }
    }
}
