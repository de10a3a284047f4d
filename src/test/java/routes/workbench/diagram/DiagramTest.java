package routes.workbench.diagram;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** docs/routes.md shows the routes as they are. */
class DiagramTest {

    private static final Path HOME = Path.of("").toAbsolutePath();

    private final PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());

    @Test
    void theDocumentIsCurrent() throws IOException {
        assertThat(Diagram.isCurrent(HOME)).as("docs/routes.md is current; bin/diagram draws it anew").isTrue();
    }

    @Test
    void subjectsStreamsDatabaseBreakersAndDeadLettersAreNodes() {
        assertThat(Diagram.draw(HOME)).contains(
                "subject_alerts_created([\"alerts.created\"])", "stream_JOBS{{\"JOBS\"}}", "database_PostgreSQL[(\"PostgreSQL\")]",
                "breaker_breaker_sentence{\"breaker sentence\"}",
                "route_process_created_alert -. \"last delivery failed\" .-> deadletter_dlq_alerts_created");
    }

    @Test
    void everyRouteFileHasASection() {
        assertThat(Diagram.draw(HOME)).contains("## api/settle-alert\n", "## nlp/process-sentence\n", "## shared/nats-errors\n");
    }

    @Test
    void labelsCannotBreakTheChart() {
        MermaidGraph graph = new MermaidGraph();
        graph.line(graph.node(MermaidGraph.Shape.ROUTE, "end"), graph.node(MermaidGraph.Shape.SUBJECT, "a.\"b\".>"), "a \"label\" #1");
        assertThat(graph.render()).contains("route_end[\"end\"]", "([\"a.#quot;b#quot;.#gt;\"])", "-- \"a #quot;label#quot; #35;1\" -->");
    }

    @Test
    void anOldDocumentIsTold(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("docs"));
        Files.createDirectories(home.resolve("src/main/resources/camel/ops"));
        Path route = home.resolve("src/main/resources/camel/ops/tell.camel.yaml");
        Files.writeString(route, Files.readString(HOME.resolve("src/main/resources/camel/ops/max-deliveries.camel.yaml")));
        assertThat(Diagram.run(home, new String[]{"--check"}, nowhere, nowhere)).isEqualTo(1);
        assertThat(Diagram.run(home, new String[]{}, nowhere, nowhere)).isZero();
        assertThat(Diagram.run(home, new String[]{"--check"}, nowhere, nowhere)).isZero();
        Files.writeString(route, Files.readString(route).replace("id: max-deliveries", "id: maximum-deliveries"));
        assertThat(Diagram.run(home, new String[]{"--check"}, nowhere, nowhere)).isEqualTo(1);
        assertThat(Diagram.run(home, new String[]{"--nonsense"}, nowhere, nowhere)).isEqualTo(2);
    }
}
