package routes.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code bin/token} signs what the application takes. */
class TokenScriptTest {

    private record Result(int exit, String out, String error) {
    }

    private static Result run(String secret, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", Path.of("bin/token").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("EKKO_SECURITY_JWT_SECRET", secret);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, error);
    }

    private static Jwt decoded(String secret, String token) {
        JwtDecoder decoder = new TokenConfiguration().tokenDecoder(new TokenSettings(null, null, secret));
        return decoder.decode(token.strip());
    }

    /** Shorter than the block of the hash, as long, and longer: HMAC treats them differently. */
    @ParameterizedTest
    @ValueSource(ints = {32, 63, 64, 65, 200})
    void aTokenIsTakenWhateverTheLengthOfTheSecret(int length) throws Exception {
        String secret = "s'\"$`\\ %".repeat(25).substring(0, length);
        Jwt token = decoded(secret, run(secret, "alice").out());
        assertThat(token.getSubject()).isEqualTo("alice");
        assertThat(token.hasClaim("scope")).isFalse();
        assertThat(Duration.between(Instant.now(), token.getExpiresAt())).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
    }

    @Test
    void scopesLifetimeAndAnyUserNameArePutIn() throws Exception {
        Jwt token = decoded(Tokens.SECRET, run(Tokens.SECRET, "--lifetime", "30d", "a \"quoted\\ name", "ops", "more").out());
        assertThat(token.getSubject()).isEqualTo("a \"quoted\\ name");
        assertThat(token.getClaimAsString("scope")).isEqualTo("ops more");
        assertThat(Duration.between(token.getIssuedAt(), token.getExpiresAt())).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        assertThat(run(Tokens.SECRET, "--help")).satisfies(help -> assertThat(help.out()).startsWith("Usage: bin/token")).extracting(Result::exit).isEqualTo(0);
        assertThat(run(Tokens.SECRET).exit()).isEqualTo(1);
        assertThat(run(Tokens.SECRET, "-t", "0h", "alice").error()).contains("0h is no lifetime");
        assertThat(run(Tokens.SECRET, "a\nb").error()).contains("control characters");
        assertThat(run(Tokens.SECRET, "--nonsense").error()).contains("no option --nonsense");
    }
}
