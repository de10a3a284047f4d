package routes.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.InterceptFromDefinition;
import org.apache.camel.model.InterceptSendToEndpointDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.OnExceptionDefinition;
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
            String file = file(route.getResource());
            if (!file.endsWith(".yaml")) {
                continue;
            }
            add(file, route.getRouteId(), route.getOutputs().stream().filter(step -> !isShared(step)).toList(), steps);
        }
        for (RouteConfigurationDefinition shared : model.getRouteConfigurationDefinitions()) {
            List<ProcessorDefinition<?>> all = new ArrayList<>();
            Stream.of(shared.getInterceptFroms(), shared.getInterceptSendTos(), shared.getOnExceptions()).forEach(some -> all.addAll(some));
            add("shared", shared.getId() == null ? "of every route" : shared.getId(), all, steps);
        }
    }

    private void add(String file, String name, List<? extends ProcessorDefinition<?>> outputs, Steps steps) {
        List<ProcessorDefinition<?>> all = outputs.stream().flatMap(RouteCoverage::withInner).toList();
        if (all.isEmpty()) {
            return;
        }
        List<String> missing = all.stream().filter(step -> withInner(step).noneMatch(inner -> steps.hasRun(inner.getId()))).map(NamedNode::getId).distinct().toList();
        flows.add(new Flow(file, name, (int) all.stream().map(NamedNode::getId).distinct().count(), missing));
    }

    private static String file(Resource resource) {
        return resource == null ? "" : resource.getLocation().replaceFirst("^.*camel/", "");
    }

    /** What Camel has put into a route from the configuration that routes share; that is counted once, there. */
    private static boolean isShared(ProcessorDefinition<?> step) {
        return step instanceof OnExceptionDefinition || step instanceof InterceptFromDefinition || step instanceof InterceptSendToEndpointDefinition;
    }

    /** A step and those in it: a branch has run when a step of it has. */
    private static Stream<ProcessorDefinition<?>> withInner(ProcessorDefinition<?> step) {
        return Stream.concat(Stream.of(step), step.getOutputs().stream().flatMap(RouteCoverage::withInner));
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
