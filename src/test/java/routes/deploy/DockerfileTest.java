package routes.deploy;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the image promises. That its layers start is shown by {@link ContainerLayoutIT}. */
class DockerfileTest {

    private final Dockerfile dockerfile = Dockerfile.read();

    @Test
    void allStagesAreOfOnePinnedRelease() {
        List<String> bases = dockerfile.all("FROM").stream().filter(from -> from.contains(":")).toList();
        List<String> versions = bases.stream().map(from -> from.replaceFirst("^eclipse-temurin:([\\d._]+)-(jdk|jre)-noble AS \\w+$", "$1")).toList();
        assertThat(versions).hasSize(2).allMatch(version -> version.matches("25\\.0\\.\\d+_\\d+"));
        assertThat(versions.stream().distinct()).hasSize(1);
        // the cache of the training is good for its own JVM and files only
        assertThat(bases.get(1)).contains("-jre-").endsWith(" AS application");
        assertThat(dockerfile.all("FROM")).endsWith("application AS training", "application");
    }

    @Test
    void theTrainingUsesTheServerOfTheComposeFile() {
        String server = DeployFiles.yaml("docker-compose.yml").at("/services/nats/image").asText();
        assertThat(dockerfile.all("COPY")).anyMatch(copy -> copy.startsWith("--from=" + server + " "));
    }

    @Test
    void itRunsWithoutRightsAndGetsTheSignals() {
        assertThat(dockerfile.last("USER")).matches("[1-9]\\d+:[1-9]\\d+");
        assertThat(dockerfile.command("ENTRYPOINT")).startsWith("java");
        assertThat(dockerfile.command("ENTRYPOINT").get(1)).as("as every production start").isEqualTo("@jvm.options");
        assertThat(dockerfile.all("CMD")).isEmpty();
        assertThat(dockerfile.environment().get("JAVA_TOOL_OPTIONS")).contains("-XX:MaxRAMPercentage=", "-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void theHealthCheckAsksForLivenessOnly() {
        // asked for more, an engine would restart the application because its database is down
        assertThat(dockerfile.last("HEALTHCHECK")).contains("/actuator/health/liveness ").doesNotContain("readiness");
    }

    @Test
    void onlyWhatIsCopiedIsSentToTheEngine() {
        List<String> sources = dockerfile.all("COPY").stream().filter(copy -> !copy.startsWith("--from"))
                .flatMap(copy -> Arrays.stream(copy.split(" ")).limit(copy.split(" ").length - 1L)).toList();
        List<String> ignore = DeployFiles.text(".dockerignore").lines().filter(line -> !line.startsWith("#")).toList();
        assertThat(ignore).first().isEqualTo("*");
        assertThat(ignore.stream().skip(1)).containsExactlyInAnyOrderElementsOf(sources.stream().map(source -> "!" + source).distinct().toList());
    }
}
