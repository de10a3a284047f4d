package routes.security;

import java.util.Arrays;
import java.util.Locale;

import com.nimbusds.jose.proc.BadJOSEException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/**
 * Why a request was not let in: the {@code reason} of the metric {@code ekko_security_refusals_total}. What a client is
 * told says nothing about a token whose signature is not right.
 */
enum Refusal {

    MISSING("A token is needed: Authorization: Bearer …"),
    MALFORMED("The token cannot be used"),
    SIGNATURE("The token cannot be used"),
    ISSUER("The token cannot be used"),
    NO_EXPIRY("The token has no exp: one that never ends is not taken"),
    EXPIRED("The token has expired"),
    NOT_YET_VALID("The token is not valid yet"),
    AUDIENCE("The token is meant for another audience"),
    SUBJECT("The token has no sub that could be a user: 1 to 255 characters, none of them a control character"),
    SCOPE("The token needs the scope " + AccessRules.OPERATOR_SCOPE),
    PATH("The path or a header of the request is not in a form that is taken here"),
    ORIGIN("Pages of this origin may not use the API"),
    RATE("More requests than you may make"),
    UNAVAILABLE("Tokens cannot be checked for the moment: their issuer does not answer");

    private final String detail;

    Refusal(String detail) {
        this.detail = detail;
    }

    String detail() {
        return detail;
    }

    /** Value of the metric's tag. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Refusal of(AuthenticationException failure) {
        if (failure instanceof AuthenticationServiceException) {
            return UNAVAILABLE;
        }
        Throwable cause = failure.getCause();
        if (cause instanceof JwtValidationException invalid) {
            String code = invalid.getErrors().iterator().next().getErrorCode();
            return Arrays.stream(values()).filter(known -> known.name().equals(code)).findFirst().orElse(ISSUER);
        }
        if (cause instanceof BadJwtException && cause.getCause() instanceof BadJOSEException) {
            return SIGNATURE;
        }
        return failure instanceof OAuth2AuthenticationException ? MALFORMED : MISSING;
    }
}
