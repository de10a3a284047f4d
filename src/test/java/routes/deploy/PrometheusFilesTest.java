package routes.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The alert rules ring when they should, and each says what to do. */
class PrometheusFilesTest {

    /** What {@code bin/check-deploy} ends with where promtool cannot be had. */
    private static final int UNAVAILABLE = 69;

    @Test
    @Timeout(180)
    void promtoolFindsNothingAndTheUnitTestsOfTheRulesPass(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output");
        int exit = new ProcessBuilder(DeployFiles.path("bin/check-deploy").toString()).redirectErrorStream(true).redirectOutput(output.toFile()).start().waitFor();
        assumeThat(exit).as(Files.readString(output)).isNotEqualTo(UNAVAILABLE);
        assertThat(exit).as(Files.readString(output)).isZero();
    }

    @Test
    void eachAlertSaysWhatItIsAndWhatToDo() {
        List<String> sections = DeployFiles.text("docs/operations.md").lines().filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase().replaceAll("[^\\w -]", "").replace(' ', '-')).toList();
        assertThat(rules()).hasSizeGreaterThan(10).allSatisfy(rule -> {
            JsonNode annotations = rule.get("annotations");
            assertThat(annotations.get("summary").asText()).isNotEmpty();
            assertThat(annotations.get("description").asText()).isNotEmpty();
            assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
            String[] runbook = annotations.get("runbook_url").asText().split("#");
            assertThat(runbook[0]).isEqualTo("docs/operations.md");
            assertThat(sections).contains(runbook[1]);
        });
    }

    @Test
    void eachAlertIsTestedToRing() {
        Set<String> ringing = new HashSet<>();
        for (JsonNode test : DeployFiles.yaml("deploy/prometheus/alerts.test.yml").get("tests")) {
            test.path("alert_rule_test").forEach(expected -> {
                if (!expected.get("exp_alerts").isEmpty()) {
                    ringing.add(expected.get("alertname").asText());
                }
            });
            test.path("promql_expr_test").forEach(expected -> {
                if (!expected.get("exp_samples").isEmpty()) {
                    ringing.add(expected.get("expr").asText().replaceFirst(".*alertname=\"(\\w+)\".*", "$1"));
                }
            });
        }
        assertThat(ringing).containsExactlyInAnyOrderElementsOf(rules().stream().map(rule -> rule.get("alert").asText()).toList());
    }

    private static List<JsonNode> rules() {
        return DeployFiles.yaml("deploy/prometheus/alerts.yml").findParents("alert");
    }
}
