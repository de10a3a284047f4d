package routes.security;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * A client sends the same token with each of its requests. Its signature is checked when it is first seen, and again after
 * a while, since an issuer may withdraw a key; what it says, above all until when it is valid, is checked each time.
 */
final class KnownTokens implements JwtDecoder {

    /** As long as the keys of an issuer are kept without asking for them again. */
    private static final Duration SIGNATURE_KEPT = Duration.ofMinutes(5);
    /** About 2 KiB each. */
    private static final int MOST = 2_000;

    private final JwtDecoder decoder;
    private final OAuth2TokenValidator<Jwt> rules;
    private final Cache<String, Jwt> known = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(SIGNATURE_KEPT).build();

    /**
     * @param decoder checks signature and rules
     * @param rules   what a token must say
     */
    KnownTokens(JwtDecoder decoder, OAuth2TokenValidator<Jwt> rules) {
        this.decoder = decoder;
        this.rules = rules;
    }

    @Override
    public Jwt decode(String token) {
        Jwt seen = known.getIfPresent(token);
        if (seen != null) {
            OAuth2TokenValidatorResult verdict = rules.validate(seen);
            if (!verdict.hasErrors()) {
                return seen;
            }
            known.invalidate(token);
        }
        // a refusal is in the decoder's words
        Jwt read = decoder.decode(token);
        known.put(token, read);
        return read;
    }
}
