package routes.security;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tokens of an issuer, checked by the keys that it publishes. */
class IssuerTest {

    private RSAKey key;
    private HttpServer server;
    private String issuer;
    private JwtDecoder decoder;

    @BeforeEach
    void issuer() throws Exception {
        key = new RSAKeyGenerator(2048).keyID("one").generate();
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        issuer = "http://localhost:" + server.getAddress().getPort();
        serve("/.well-known/openid-configuration", "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\",\"subject_types_supported\":[\"public\"]}".formatted(issuer, issuer));
        serve("/keys", new JWKSet(key.toPublicJWK()).toString());
        server.start();
        decoder = decoder(issuer, "ekko");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static JwtDecoder decoder(String issuer, String audience) {
        return TokenConfiguration.ofIssuer(issuer, new TokenRules(Clock.systemUTC(), audience, true));
    }

    private void serve(String path, String json) {
        server.createContext(path, exchange -> {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder().subject("alice").issuer(issuer).audience("ekko").expirationTime(Date.from(Instant.now().plusSeconds(60)));
    }

    private static String signed(RSAKey key, JWTClaimsSet claims) throws Exception {
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    @Test
    void aTokenOfTheIssuerIsTaken() throws Exception {
        assertThat(decoder.decode(signed(key, claims().build())).getSubject()).isEqualTo("alice");
        assertThat(decoder(issuer, "").decode(signed(key, claims().audience("another").build())).getSubject()).isEqualTo("alice");
    }

    @Test
    void aTokenOfAnotherKeyIssuerOrAudienceIsNot() throws Exception {
        RSAKey another = new RSAKeyGenerator(2048).keyID("one").generate();
        assertThatThrownBy(() -> decoder.decode(signed(another, claims().build()))).isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> decoder.decode(signed(key, claims().issuer("https://evil.example").build()))).isInstanceOf(JwtValidationException.class);
        assertThatThrownBy(() -> decoder.decode(signed(key, claims().issuer(null).build()))).isInstanceOf(JwtValidationException.class);
        assertThatThrownBy(() -> decoder.decode(signed(key, claims().audience("another").build()))).isInstanceOf(JwtValidationException.class);
        assertThatThrownBy(() -> decoder.decode(signed(key, claims().audience((String) null).build()))).isInstanceOf(JwtValidationException.class);
        assertThatThrownBy(() -> decoder.decode(signed(key, claims().expirationTime(null).build()))).isInstanceOf(JwtValidationException.class);
    }

    /** The classic confusion: the public key, which everybody has, taken for a secret. */
    @Test
    void aTokenSignedByThePublicKeyAsASecretIsNotTaken() throws Exception {
        for (byte[] secret : new byte[][]{key.toRSAPublicKey().getEncoded(), key.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8)}) {
            assertThatThrownBy(() -> decoder.decode(Tokens.signed(claims().build(), secret, JWSAlgorithm.HS256))).isInstanceOf(BadJwtException.class);
        }
    }

    /** The tokens may be good: that is no reason to call them bad, and the application may start before its issuer. */
    @Test
    void anIssuerThatIsDownIsAFailureToCheckNotABadToken() throws IOException {
        server.stop(0);
        assertThatThrownBy(() -> decoder.decode(signed(key, claims().build()))).isInstanceOf(JwtException.class).isNotInstanceOf(BadJwtException.class);
    }
}
