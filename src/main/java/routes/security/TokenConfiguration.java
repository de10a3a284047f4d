package routes.security;

import java.time.Clock;
import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestTemplate;

/** Checks tokens by the keys of an issuer, or by the secret that signs them. */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(TokenConfiguration.class);
    private static final Duration PATIENCE_WITH_ISSUER = Duration.ofSeconds(5);

    @Bean
    JwtDecoder tokenDecoder(TokenSettings settings) {
        TokenRules rules = new TokenRules(Clock.systemUTC(), settings.audience(), settings.mustExpire());
        if (!settings.hasIssuer()) {
            LOG.info("Tokens are checked by the secret of EKKO_SECURITY_JWT_SECRET");
            NimbusJwtDecoder decoder = NimbusJwtDecoder.withSecretKey(settings.key()).macAlgorithm(MacAlgorithm.HS256).build();
            decoder.setJwtValidator(rules);
            return new KnownTokens(decoder, rules);
        }
        LOG.info("Tokens are checked by the keys of {}", settings.issuerUri());
        return new KnownTokens(ofIssuer(settings.issuerUri(), rules), rules);
    }

    /** The issuer is asked for its keys by the first request: it may be down while the application starts. */
    static JwtDecoder ofIssuer(String issuer, TokenRules rules) {
        SimpleClientHttpRequestFactory connections = new SimpleClientHttpRequestFactory();
        connections.setConnectTimeout(PATIENCE_WITH_ISSUER);
        connections.setReadTimeout(PATIENCE_WITH_ISSUER);
        SupplierJwtDecoder decoder = new SupplierJwtDecoder(() -> {
            NimbusJwtDecoder found = NimbusJwtDecoder.withIssuerLocation(issuer).restOperations(new RestTemplate(connections)).build();
            found.setJwtValidator(new DelegatingOAuth2TokenValidator<>(rules, new JwtIssuerValidator(issuer)));
            return found;
        });
        return token -> {
            try {
                return decoder.decode(token);
            } catch (JwtDecoderInitializationException e) {
                // as any other failure to check: the token may be good
                throw new JwtException(e.getMessage(), e);
            }
        };
    }
}
