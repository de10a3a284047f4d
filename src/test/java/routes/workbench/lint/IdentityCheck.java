package routes.workbench.lint;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import routes.workbench.model.Place;
import routes.workbench.model.Project;
import routes.workbench.model.Route;
import routes.workbench.model.RouteFile;
import routes.workbench.model.Step;
import routes.workbench.model.YamlNode;

/** Routes and steps have names, and no two the same. */
final class IdentityCheck implements Check {

    private static final Set<String> NO_STEPS = Set.of("onException", "onCompletion", "intercept", "interceptFrom", "interceptSendToEndpoint");

    @Override
    public void check(Project project, Report report) {
        project.routes().forEach(route -> names(route, report));
        project.files().stream().flatMap(RouteFile::allSteps).filter(step -> step.id().isBlank() && !step.isBranch() && !NO_STEPS.contains(step.eip()))
                .forEach(step -> report.add(Rule.MISSING_STEP_ID, "step %s has no id".formatted(step.eip()), step.place()));
        duplicates(project, report);
    }

    private static void names(Route route, Report report) {
        String name = route.id().isEmpty() ? "the route" : "route " + route.id();
        if (route.id().isBlank()) {
            report.add(Rule.MISSING_ID, "the route has no id", route.place());
        }
        if (route.text("description").isBlank()) {
            report.add(Rule.MISSING_DESCRIPTION, name + " has no description", route.place());
        }
        if (!route.isTemplate() && route.text("group").isBlank()) {
            report.add(Rule.MISSING_GROUP, name + " has no group", route.place());
        }
    }

    private static void duplicates(Project project, Report report) {
        Map<String, Place> routes = new HashMap<>();
        Map<String, Place> steps = new HashMap<>();
        // the project's own come first, so that what is new is called the duplicate
        for (boolean given : new boolean[]{false, true}) {
            project.files().stream().filter(file -> project.isGiven(file.path()) == given).forEach(file -> {
                file.entries().forEach(entry -> idOf(entry).ifPresent(id -> once(id, "route", routes, report)));
                file.all("routeConfiguration").forEach(configuration -> once(configuration.get("id"), "route configuration", routes, report));
                file.allSteps().map(Step::body).forEach(body -> once(body.get("id"), "step", steps, report));
            });
        }
    }

    private static Optional<YamlNode> idOf(YamlNode.Entry entry) {
        return switch (entry.key()) {
            case "route", "from", "routeTemplate" -> Optional.of(entry.value().get("id"));
            case "templatedRoute" -> Optional.of(entry.value().get("routeId"));
            default -> Optional.empty();
        };
    }

    private static void once(YamlNode id, String kind, Map<String, Place> seen, Report report) {
        if (id.text().isBlank()) {
            return;
        }
        Place first = seen.putIfAbsent(id.text(), id.place());
        if (first != null) {
            report.add(Rule.DUPLICATE_ID, "%s id '%s' is taken by %s:%d".formatted(kind, id.text(), first.file().getFileName(), first.line()), id.place());
        }
    }
}
