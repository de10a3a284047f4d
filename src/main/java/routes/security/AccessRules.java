package routes.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who may call what. A path that no rule names is closed, even where something would answer it. */
@Configuration(proxyBeanMethods = false)
class AccessRules {

    static final String OPERATOR_SCOPE = "ops";

    private static final RequestMatcher OPEN = anyOf(HttpMethod.GET, "/actuator/health/liveness", "/actuator/health/readiness",
            "/openapi.yaml", "/docs", "/docs/**", "/webjars/**");
    private static final RequestMatcher USERS = anyOf(null, "/alerts", "/alerts/**", "/jobs/**", "/templates", "/templates/**");
    /** Its details are for operators: {@code management.endpoint.health}. */
    private static final RequestMatcher HEALTH = anyOf(HttpMethod.GET, "/actuator/health");
    private static final RequestMatcher OPERATORS = anyOf(null, "/dlq", "/dlq/**", "/outbox/**", "/actuator", "/actuator/**");
    private static final RequestMatcher MONITORS = anyOf(null, "/actuator/**");
    /** What the page of the contract needs, and nothing from elsewhere. */
    private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Bean
    SecurityFilterChain access(HttpSecurity http, Refusals refusals, CrossOrigin crossOrigin,
                               @Value("${ekko.rest.rate-limit}") int rateLimit) throws Exception {
        http.authorizeHttpRequests(rules -> rules
                        // the rest of a request that was let in
                        .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR).permitAll()
                        .requestMatchers(OPEN).permitAll()
                        .requestMatchers(USERS).authenticated()
                        .requestMatchers(HEALTH).authenticated()
                        .requestMatchers(OPERATORS).hasAuthority(Scopes.PREFIX + OPERATOR_SCOPE)
                        .anyRequest().denyAll())
                .oauth2ResourceServer(server -> server.jwt(jwt -> { }).authenticationEntryPoint(refusals).accessDeniedHandler(refusals)
                        .withObjectPostProcessor(new UnavailableIssuer(refusals)))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // a browser sends no bearer token by itself
                .csrf(AbstractHttpConfigurer::disable)
                .cors(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers
                        .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny));
        crossOrigin.filter().ifPresent(filter -> http.addFilterAfter(filter, HeaderWriterFilter.class));
        if (rateLimit > 0) {
            http.addFilterBefore(new RateLimitFilter(rateLimit, refusals), AuthorizationFilter.class);
        }
        return http.build();
    }

    @Bean
    JwtAuthenticationConverter tokenAuthentication() {
        JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(new Scopes());
        return converter;
    }

    /** An observation of each filter and each rule costs more than the check of the token. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    static boolean isForOperators(HttpServletRequest request) {
        return OPERATORS.matches(request);
    }

    /** Probes, metrics and the contract. */
    static boolean isForMonitors(HttpServletRequest request) {
        return OPEN.matches(request) || MONITORS.matches(request);
    }

    static RequestMatcher anyOf(HttpMethod method, String... paths) {
        PathPatternRequestMatcher.Builder builder = PathPatternRequestMatcher.withDefaults();
        RequestMatcher[] matchers = new RequestMatcher[paths.length];
        for (int i = 0; i < paths.length; i++) {
            matchers[i] = builder.matcher(method, paths[i]);
        }
        return new OrRequestMatcher(matchers);
    }
}
