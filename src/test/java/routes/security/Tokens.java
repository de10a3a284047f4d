package routes.security;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/** Tokens for tests, signed by the secret that every application under test is given. */
public final class Tokens {

    private static final Duration LIFETIME = Duration.ofDays(1);

    public static final String SECRET = "a secret of the tests, 32 bytes or more";
    /** The user that tests act as unless they say otherwise. */
    public static final String USER = "local";
    /** Value of the header Authorization for {@link #USER}, who may do everything, for as long as the longest suite runs. */
    public static final String BEARER = "Bearer " + of(USER, "ops");

    private Tokens() {
    }

    public static String of(String user, String... scopes) {
        return signedBy(SECRET, user, scopes);
    }

    /** A token by another secret than that of the tests. */
    public static String signedBy(String secret, String user, String... scopes) {
        return signed(claims(user, scopes).build(), secret);
    }

    static JWTClaimsSet.Builder claims(String user, String... scopes) {
        return new JWTClaimsSet.Builder().subject(user).claim("scope", String.join(" ", scopes))
                .expirationTime(Date.from(Instant.now().plus(LIFETIME)));
    }

    static String signed(JWTClaimsSet claims, String secret) {
        return signed(claims, secret.getBytes(StandardCharsets.UTF_8), JWSAlgorithm.HS256);
    }

    static String signed(JWTClaimsSet claims, byte[] key, JWSAlgorithm algorithm) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims);
            token.sign(new MACSigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
