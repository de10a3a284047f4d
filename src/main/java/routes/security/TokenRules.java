package routes.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.util.StringUtils;

/** What a token must say besides being signed: until when it is valid, for whom, and whose it is. The error's code is a {@link Refusal}. */
final class TokenRules implements OAuth2TokenValidator<Jwt> {

    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
    /** The subject becomes a column, a field of messages, and a word in logs. */
    private static final Pattern SUBJECT = Pattern.compile("[^\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]{1,255}");

    private final Clock clock;
    private final String audience;
    private final boolean mustExpire;

    /**
     * @param audience  whom tokens must be meant for; null or empty where that does not matter
     * @param mustExpire whether a token without an end is refused; RFC 7519 leaves that to us
     */
    TokenRules(Clock clock, String audience, boolean mustExpire) {
        this.clock = clock;
        this.mustExpire = mustExpire;
        this.audience = audience;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        Instant now = clock.instant();
        if (mustExpire && token.getExpiresAt() == null) {
            return refused(Refusal.NO_EXPIRY);
        }
        if (token.getExpiresAt() != null && now.minus(CLOCK_SKEW).isAfter(token.getExpiresAt())) {
            return refused(Refusal.EXPIRED);
        }
        if (token.getNotBefore() != null && now.plus(CLOCK_SKEW).isBefore(token.getNotBefore())) {
            return refused(Refusal.NOT_YET_VALID);
        }
        if (StringUtils.hasText(audience) && (token.getAudience() == null || !token.getAudience().contains(audience))) {
            return refused(Refusal.AUDIENCE);
        }
        String subject = token.getSubject();
        if (subject == null || subject.isBlank() || !SUBJECT.matcher(subject).matches()) {
            return refused(Refusal.SUBJECT);
        }
        return OAuth2TokenValidatorResult.success();
    }

    private static OAuth2TokenValidatorResult refused(Refusal reason) {
        return OAuth2TokenValidatorResult.failure(new OAuth2Error(reason.name(), reason.detail(), null));
    }
}
