package routes.security;

import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;

/** An issuer that does not answer is told to the client like any other refusal; Spring would make it a fault of ours. */
class UnavailableIssuer implements ObjectPostProcessor<BearerTokenAuthenticationFilter> {

    private final AuthenticationEntryPointFailureHandler handler;

    UnavailableIssuer(Refusals refusals) {
        handler = new AuthenticationEntryPointFailureHandler(refusals);
        handler.setRethrowAuthenticationServiceException(false);
    }

    @Override
    public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
        filter.setAuthenticationFailureHandler(handler);
        return filter;
    }
}
