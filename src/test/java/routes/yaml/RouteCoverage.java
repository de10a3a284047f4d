package routes.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;

/** Which steps of the YAML routes, and of what they share, have run. */
public final class RouteCoverage {

    private final List<Flow> flows = new ArrayList<>();

    /**
     * A route, or the configuration that routes share.
     *
     * @param missing ids of the steps that have not run
     */
    private record Flow(String file, String name, int steps, List<String> missing) {
    }

    public RouteCoverage(CamelContext camel, Steps steps) {
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        for (RouteDefinition route : model.getRouteDefinitions()) {
            add(route.getResource(), route.getRouteId(), route.getOutputs(), steps);
        }
        for (RouteConfigurationDefinition shared : model.getRouteConfigurationDefinitions()) {
            List<ProcessorDefinition<?>> all = new ArrayList<>();
            Stream.of(shared.getInterceptFroms(), shared.getInterceptSendTos(), shared.getOnExceptions()).forEach(some -> all.addAll(some));
            add(shared.getResource(), shared.getId(), all, steps);
        }
    }

    private void add(Resource resource, String name, List<ProcessorDefinition<?>> outputs, Steps steps) {
        if (resource == null || !resource.getLocation().endsWith(".yaml")) {
            return;
        }
        List<String> ids = outputs.stream().flatMap(RouteCoverage::leaves).map(NamedNode::getId).distinct().toList();
        if (!ids.isEmpty()) {
            flows.add(new Flow(resource.getLocation().replaceFirst("^.*camel/", ""), name, ids.size(), ids.stream().filter(id -> !steps.hasRun(id)).toList()));
        }
    }

    /** The steps that do something: a branch has run when a step of it has. */
    private static Stream<ProcessorDefinition<?>> leaves(ProcessorDefinition<?> step) {
        return step.getOutputs().isEmpty() ? Stream.of(step) : step.getOutputs().stream().flatMap(RouteCoverage::leaves);
    }

    /** @return what has not run, a line a route; empty when all has */
    public List<String> missing() {
        return flows.stream().filter(flow -> !flow.missing().isEmpty()).map(flow -> "%s, %s: %s".formatted(flow.file(), flow.name(), flow.missing())).toList();
    }

    public String summary() {
        int all = flows.stream().mapToInt(Flow::steps).sum();
        int missing = flows.stream().mapToInt(flow -> flow.missing().size()).sum();
        return "Route coverage: %d of %d steps of %d routes and configurations (%.1f %%)"
                .formatted(all - missing, all, flows.size(), 100.0 * (all - missing) / Math.max(1, all));
    }

    public void write(Path report) throws IOException {
        StringBuilder table = new StringBuilder(summary()).append("\n\n| file | route | steps | covered | missing |\n|---|---|---|---|---|\n");
        for (Flow flow : flows) {
            table.append("| %s | %s | %d | %d | %s |%n".formatted(flow.file(), flow.name(), flow.steps(), flow.steps() - flow.missing().size(), String.join(", ", flow.missing())));
        }
        Files.createDirectories(report.getParent());
        Files.writeString(report, table);
    }
}
