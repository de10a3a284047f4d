package routes.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to set, instead of a stack trace. */
class TokenSettingsAnalyzer extends AbstractFailureAnalyzer<TokenSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, TokenSettingsException cause) {
        return new FailureAnalysis(cause.getMessage(), """
                Set one of these environment variables:
                  EKKO_SECURITY_JWT_ISSUER_URI  the issuer of your tokens, such as https://login.example.com/realms/ekko
                  EKKO_SECURITY_JWT_SECRET      a secret of at least 32 bytes that signs tokens by HS256: openssl rand -hex 32""", cause);
    }
}
