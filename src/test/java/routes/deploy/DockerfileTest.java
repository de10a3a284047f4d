package routes.deploy;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the image promises. That its layers start is shown by {@link ContainerLayoutIT}. */
class DockerfileTest {

    private final Dockerfile dockerfile = Dockerfile.read();

    @Test
    void bothStagesAreOfOnePinnedRelease() {
        List<String> versions = dockerfile.all("FROM").stream().map(from -> from.replaceFirst("^eclipse-temurin:(17\\.[\\d._]+)-(jdk|jre)-noble( AS \\w+)?$", "$1")).toList();
        assertThat(versions).hasSize(2).allMatch(version -> version.matches("17\\.0\\.\\d+_\\d+"));
        assertThat(versions.stream().distinct()).hasSize(1);
        assertThat(dockerfile.last("FROM")).contains("-jre-");
    }

    @Test
    void itRunsWithoutRightsAndGetsTheSignals() {
        assertThat(dockerfile.last("USER")).matches("[1-9]\\d+:[1-9]\\d+");
        assertThat(dockerfile.command("ENTRYPOINT")).startsWith("java");
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
        assertThat(ignore.stream().skip(1)).containsExactlyInAnyOrderElementsOf(sources.stream().map(source -> "!" + source).toList());
    }
}
