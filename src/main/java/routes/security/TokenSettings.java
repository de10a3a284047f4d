package routes.security;

import java.nio.charset.StandardCharsets;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

/**
 * Who may issue the tokens of REST requests.
 *
 * @param issuerUri an issuer whose keys are at {@code <issuer>/.well-known/openid-configuration}; goes before the secret
 * @param audience  tokens of the issuer must be meant for it; empty where any are
 * @param secret    signs tokens by HS256 where there is no issuer
 */
@ConfigurationProperties("ekko.security.jwt")
record TokenSettings(String issuerUri, String audience, String secret) {

    /** RFC 7518, 3.2: a key shorter than the hash makes the signature as weak as the key. */
    private static final int SHORTEST_SECRET = 32;

    /** Whoever holds the secret can sign a token for any time; an issuer's token is in other hands. */
    boolean mustExpire() {
        return hasIssuer();
    }

    boolean hasIssuer() {
        return StringUtils.hasText(issuerUri);
    }

    /** @throws TokenSettingsException when there is no secret, or one that can be guessed */
    SecretKey key() {
        if (!StringUtils.hasText(secret)) {
            throw new TokenSettingsException("The REST API does not know whose tokens to trust.");
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SHORTEST_SECRET) {
            throw new TokenSettingsException("EKKO_SECURITY_JWT_SECRET has %d bytes; HS256 needs at least %d.".formatted(bytes.length, SHORTEST_SECRET));
        }
        return new SecretKeySpec(bytes, "HmacSHA256");
    }
}
