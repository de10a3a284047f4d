package routes.workbench.lint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import routes.workbench.model.Project;

import static org.assertj.core.api.Assertions.assertThat;

/** What is shipped passes: bin/lint finds nothing in it, and every route file opens in Kaoto. */
class LintShippedRoutesTest {

    private static final Path HOME = Path.of("").toAbsolutePath();

    private static final JsonSchema CAMEL = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
            .getSchema(LintShippedRoutesTest.class.getResourceAsStream("/schema/camelYamlDsl.json"));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    static Stream<Path> routeFiles() {
        return Project.ownFiles(HOME).keySet().stream().filter(file -> file.toString().endsWith(".camel.yaml"));
    }

    @Test
    void nothingIsWrongWithTheProject() {
        assertThat(Linter.lint(HOME, Project.ownFiles(HOME))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void routeFileKeepsToCamelsPublishedSchema(Path file) throws IOException {
        JsonNode routes = new YAMLMapper().readTree(file.toFile());
        assertThat(CAMEL.validate(routes)).isEmpty();
    }

    @Test
    void theCommandSaysNothingAndIsContent() {
        assertThat(lint()).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void errorsArePrintedAndChangeTheExitStatus() {
        String bad = "src/test/resources/lint/wrong-stream/bad.camel.yaml";
        assertThat(lint(bad)).isEqualTo(1);
        assertThat(out.toString().lines()).containsExactly(bad + ":9: wrong-stream: 'alerts.updated' is captured by stream ALERTS, not by JOBS");
    }

    @Test
    void warningsArePrintedWhenAskedForAndDoNotChangeTheExitStatus() {
        String warned = "src/test/resources/lint/shorthand/bad.camel.yaml";
        assertThat(lint(warned)).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(lint("--warnings", warned)).isZero();
        assertThat(out.toString().lines()).hasSize(1).allMatch(line -> line.contains(": shorthand: "));
    }

    @Test
    void machinesReadJson() throws IOException {
        assertThat(lint("--json", "src/test/resources/lint/short-wildcard/bad.camel.yaml")).isEqualTo(1);
        JsonNode problems = new ObjectMapper().readTree(out.toByteArray());
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).path("rule").asText()).isEqualTo("short-wildcard");
        assertThat(problems.get(0).path("line").asInt()).isEqualTo(6);
        assertThat(problems.get(0).path("severity").asText()).isEqualTo("error");
        assertThat(problems.get(0).path("file").asText()).endsWith("bad.camel.yaml");
    }

    @Test
    void wrongUsageIsSaid() {
        assertThat(lint("--no-such-option")).isEqualTo(2);
        assertThat(lint("no/such/file.camel.yaml")).isEqualTo(2);
        assertThat(err.toString()).contains("--no-such-option").contains("no/such/file.camel.yaml");
    }

    @Test
    void helpNamesEveryRule() {
        assertThat(lint("--help")).isZero();
        assertThat(out.toString()).contains(Stream.of(Rule.values()).map(Rule::id).toList());
    }

    @Test
    void aGivenFileStandsInForTheProjectsOwn(@TempDir Path folder) throws IOException {
        Path copy = folder.resolve("settle-alert.camel.yaml");
        String shipped = Files.readString(HOME.resolve("src/main/resources/camel/api/settle-alert.camel.yaml"));
        Files.writeString(copy, shipped);
        assertThat(lint(copy.toString())).isZero();
        Files.writeString(copy, shipped.replace("ref: jobResults", "ref: jobResult"));
        assertThat(lint(copy.toString())).isEqualTo(1);
        assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.contains(": unresolved-bean: "));
    }

    @Test
    void theDocumentHasTheTableOfRules() throws IOException {
        assertThat(Files.readString(HOME.resolve("docs/lint.md"))).as("docs/lint.md holds what bin/lint --table prints").contains(Lint.table());
    }

    @Test
    void theExampleOfTheHowToPasses() throws IOException {
        Map<Path, String> blocks = new LinkedHashMap<>();
        Matcher block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(HOME.resolve("docs/routes-howto.md")));
        while (block.find()) {
            // whoever follows it has a flow of its name
            blocks.put(HOME.resolve("docs/example-%d.yaml".formatted(blocks.size())), block.group(1).replace("price", "how-to-example"));
        }
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(2);
        assertThat(Linter.lint(HOME, blocks)).isEmpty();
    }

    private int lint(String... arguments) {
        return Lint.run(HOME, arguments, new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void everyRuleIsNamedInKebabCase() {
        assertThat(List.of(Rule.values())).extracting(Rule::id).allMatch(id -> id.matches("[a-z]+(-[a-z]+)*")).doesNotHaveDuplicates();
    }
}
