package routes.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The compose files: valid, pinned, closed to the network, and without a password of their own. */
class ComposeFilesTest {

    private static final String LINTER = "dclint@3.1.0";
    private static final List<String> FILES = List.of("docker-compose.yml", "deploy/docker-compose.ha.yml", "deploy/docker-compose.monitoring.yml");

    record Service(String file, String name, JsonNode body) {

        List<String> texts(String key) {
            List<String> texts = new ArrayList<>();
            body.path(key).forEach(text -> texts.add(text.asText()));
            return texts;
        }

        @Override
        public String toString() {
            return file + " " + name;
        }
    }

    static List<String> files() {
        return FILES;
    }

    static Stream<Service> services() {
        return FILES.stream().flatMap(file -> DeployFiles.yaml(file).get("services").properties().stream()
                .map(service -> new Service(file, service.getKey(), service.getValue())));
    }

    @ParameterizedTest
    @MethodSource("files")
    void theFileIsValid(String file) throws IOException {
        try (var schema = getClass().getResourceAsStream("/compose/compose-spec.json")) {
            // its own names for itself and its language are not the ones the validator knows
            JsonNode rules = new ObjectMapper().readValue(schema, ObjectNode.class).without(List.of("$id", "$schema"));
            JsonSchema compose = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(rules);
            assertThat(compose.validate(DeployFiles.yaml(file))).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void theImageIsPinnedOrBuiltHere(Service service) {
        String image = service.body().path("image").asText();
        if (image.isEmpty()) {
            assertThat(DeployFiles.path(service.file()).resolveSibling(service.body().at("/build/context").asText()).resolve("Dockerfile")).exists();
        } else {
            assertThat(image).matches("[a-z/]+:v?\\d+\\.\\d+(\\.\\d+)?(-alpine)?");
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void portsAreOpenToThisMachineOnly(Service service) {
        assertThat(service.texts("ports")).allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void foldersOfTheProjectAreMountedReadOnly(Service service) {
        assertThat(service.texts("volumes").stream().filter(volume -> volume.startsWith("."))).allMatch(volume -> volume.endsWith(":ro"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void passwordsHaveToBeChosen(Service service) {
        service.body().path("environment").properties().stream().filter(variable -> variable.getKey().matches(".*(PASSWORD|SECRET|HASH).*"))
                .forEach(variable -> assertThat(variable.getValue().asText()).as(variable.getKey()).matches("\\$\\{\\w+:\\?.+}"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void whatGoesDownComesUpAgain(Service service) {
        boolean once = service.body().path("restart").asText().equals("no");
        assertThat(once).isEqualTo(service.name().equals("provision"));
        // the image of the application has its own health check
        assertThat(once || service.body().has("healthcheck") || service.body().has("build")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("services")
    void theApplicationHasTimeToDrainAndNoRights(Service service) {
        if (service.body().has("build")) {
            assertThat(service.body().get("stop_grace_period").asText()).isEqualTo("45s");
            assertThat(service.body().get("read_only").asBoolean()).isTrue();
            assertThat(service.texts("cap_drop")).containsExactly("ALL");
        }
    }

    @Test
    void includedFilesAndMountedFilesExist() {
        assertThat(FILES).allSatisfy(file -> DeployFiles.yaml(file).path("include")
                .forEach(included -> assertThat(DeployFiles.path(file).resolveSibling(included.asText())).exists()));
        assertThat(Stream.of("prometheus/prometheus.yml", "prometheus/alerts.yml", "grafana/provisioning/datasources", "grafana/provisioning/dashboards",
                "grafana/dashboards/ekko.json").map(file -> DeployFiles.path("deploy/" + file))).allMatch(Files::exists);
    }

    /** Where there is no npm, or its registry is out of reach, the schema above has to do. */
    @Test
    @Timeout(120)
    void theLinterFindsNothing(@TempDir Path folder) throws Exception {
        assumeThat(run(folder, "npx", "--yes", LINTER, "--version")).as("%s can be had by npx", LINTER).isZero();
        List<String> lint = new ArrayList<>(List.of("npx", "--yes", LINTER, "--max-warnings", "0"));
        FILES.forEach(file -> lint.add(DeployFiles.path(file).toString()));
        assertThat(run(folder, lint.toArray(String[]::new))).as(Files.readString(folder.resolve("output"))).isZero();
    }

    private static int run(Path folder, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile()).start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        }
    }
}
