package routes.security;

import java.util.Collections;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.stereotype.Component;

/**
 * Besides what Spring's firewall refuses ({@code //}, {@code ;}, {@code ..}, encoded slashes), refuses paths that encode
 * what needs no encoding: {@code /%64lq} is {@code /dlq} to a router, but not to whoever compares texts; and requests with
 * two tokens, of which a proxy may have checked the other.
 */
@Component
class CanonicalPathFirewall extends StrictHttpFirewall {

    private static final Pattern NEEDLESS = Pattern.compile("%(?:2[dDeE]|3\\d|[46][1-9a-fA-F]|[57][\\daA]|5[fF]|7[eE])");

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        if (NEEDLESS.matcher(request.getRequestURI()).find()) {
            throw new RequestRejectedException("The path encodes characters that need no encoding");
        }
        if (Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)).size() > 1) {
            throw new RequestRejectedException("The request says twice who it is from");
        }
        return super.getFirewalledRequest(request);
    }
}
