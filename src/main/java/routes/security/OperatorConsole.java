package routes.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.util.StringUtils;

/**
 * Hawtio and Jolokia. A token with the scope {@code ops} opens them; for a browser, which has no token to send, there can
 * be one operator with a password. What may be done there stands in {@code jolokia-access.xml}.
 */
@Configuration(proxyBeanMethods = false)
class OperatorConsole {

    @Bean
    @Order(1)
    SecurityFilterChain console(HttpSecurity http, Refusals refusals, @Value("${ekko.security.operator.name}") String name,
                                @Value("${ekko.security.operator.password}") String password) throws Exception {
        CsrfTokenRequestAttributeHandler eager = new CsrfTokenRequestAttributeHandler();
        // Hawtio reads the token from the cookie with its first page, before anything has asked for it
        eager.setCsrfRequestAttributeName(null);
        boolean login = StringUtils.hasText(password);
        // by pattern, not by text: Jolokia is a servlet of its own, whose paths a text is not compared with
        http.securityMatcher(AccessRules.anyOf(null, "/actuator/hawtio", "/actuator/hawtio/**", "/actuator/jolokia", "/actuator/jolokia/**"))
                .authorizeHttpRequests(rules -> rules
                        .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD).permitAll()
                        .anyRequest().hasAuthority(Scopes.PREFIX + AccessRules.OPERATOR_SCOPE))
                .oauth2ResourceServer(server -> server.jwt(jwt -> { }).authenticationEntryPoint(refusals).accessDeniedHandler(refusals)
                        .withObjectPostProcessor(new UnavailableIssuer(refusals)))
                .exceptionHandling(handling -> handling.accessDeniedHandler(refusals)
                        .authenticationEntryPoint(login ? challenge(refusals) : refusals))
                // what a browser sends by itself when a page of another site asks it to; a bearer token it does not
                .csrf(csrf -> csrf.requireCsrfProtectionMatcher(OperatorConsole::isOfABrowser).csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse()).csrfTokenRequestHandler(eager))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable);
        if (login) {
            // one check of the password a session: it takes a tenth of a second
            http.httpBasic(basic -> basic.authenticationEntryPoint(challenge(refusals)).securityContextRepository(new HttpSessionSecurityContextRepository()))
                    .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.IF_REQUIRED))
                    .authenticationProvider(operator(name, password));
        } else {
            http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        }
        return http.build();
    }

    private static boolean isOfABrowser(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean loggedIn = request.getRequestedSessionId() != null || authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, 6);
        return loggedIn && CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request);
    }

    private static AuthenticationProvider operator(String name, String password) {
        PasswordEncoder encoder = new BCryptPasswordEncoder();
        DaoAuthenticationProvider provider = new DaoAuthenticationProvider(new InMemoryUserDetailsManager(
                User.withUsername(name).password(encoder.encode(password)).authorities(Scopes.PREFIX + AccessRules.OPERATOR_SCOPE).build()));
        provider.setPasswordEncoder(encoder);
        return provider;
    }

    /** Makes a browser ask for name and password. */
    private static AuthenticationEntryPoint challenge(Refusals refusals) {
        return (request, response, failure) -> {
            response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Ekko Alerts\", charset=\"UTF-8\"");
            refusals.commence(request, response, failure);
        };
    }
}
