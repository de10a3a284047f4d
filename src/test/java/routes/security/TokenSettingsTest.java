package routes.security;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.security.oauth2.jwt.JwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;

/** Without knowing whose tokens are good the application does not start, and says what to set. */
class TokenSettingsTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withUserConfiguration(TokenConfiguration.class, Bound.class);

    @EnableConfigurationProperties(TokenSettings.class)
    static class Bound {
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "   ", "31 bytes, one less than needed.", "short"})
    void itDoesNotStartWithoutAnIssuerOrALongSecret(String secret) {
        application.withPropertyValues(secret == null ? "other=1" : "ekko.security.jwt.secret=" + secret).run(started -> {
            assertThat(started).hasFailed();
            assertThat(started.getStartupFailure()).hasRootCauseInstanceOf(TokenSettingsException.class);
            var told = new TokenSettingsAnalyzer().analyze(started.getStartupFailure());
            assertThat(told.getAction()).contains("EKKO_SECURITY_JWT_ISSUER_URI").contains("EKKO_SECURITY_JWT_SECRET").contains("32 bytes");
            assertThat(told.getDescription()).doesNotContain("31 bytes, one less");
        });
    }

    @Test
    void itStartsWithOneOfThem() {
        application.withPropertyValues("ekko.security.jwt.secret=32 bytes, which is just enough..").run(started -> assertThat(started).hasSingleBean(JwtDecoder.class));
        application.withPropertyValues("ekko.security.jwt.issuer-uri=https://login.example/").run(started -> assertThat(started).hasSingleBean(JwtDecoder.class));
    }
}
