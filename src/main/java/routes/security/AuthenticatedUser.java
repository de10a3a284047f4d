package routes.security;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * The user of a REST exchange. A route runs on a thread of its own, to which Spring's security context does not follow;
 * the request carries it.
 */
@Component("authenticatedUser")
public class AuthenticatedUser {

    private final RequestAttributeSecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

    /**
     * @return the {@code sub} of the token
     * @throws AuthenticationCredentialsNotFoundException when the exchange does not come from a request that was let in
     */
    public String name(@Header(Exchange.HTTP_SERVLET_REQUEST) HttpServletRequest request) {
        Authentication authentication = request == null ? null : contexts.loadDeferredContext(request).get().getAuthentication();
        if (authentication instanceof JwtAuthenticationToken token && token.isAuthenticated()) {
            return token.getName();
        }
        throw new AuthenticationCredentialsNotFoundException("A REST route ran without a user");
    }
}
