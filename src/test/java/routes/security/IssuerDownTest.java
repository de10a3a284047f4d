package routes.security;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import routes.alerts.Ekko;
import routes.alerts.Ekko.Answer;
import routes.alerts.EkkoTest;

import static org.assertj.core.api.Assertions.assertThat;

/** The application starts before its issuer; until that answers, tokens are neither good nor bad. */
@EkkoTest
@DirtiesContext
@TestPropertySource(properties = "ekko.security.jwt.issuer-uri=http://localhost:1")
class IssuerDownTest {

    @Autowired
    private Ekko ekko;

    @ParameterizedTest
    @ValueSource(strings = {"/alerts", "/dlq", "/actuator/prometheus", "/actuator/jolokia", "/actuator/hawtio"})
    void clientsAreToldToComeAgain(String path) {
        Answer answer = ekko.get(path);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.response().headers().firstValue("Retry-After")).contains("5");
        assertThat(answer.response().headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body().toString()).contains("issuer").doesNotContain("localhost:1").doesNotContain("Exception");
    }

    @Test
    void probesAnswerAndNobodyGetsInWithoutAToken() {
        assertThat(ekko.with(null).get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(ekko.with(null).get("/alerts").status()).isEqualTo(401);
    }
}
