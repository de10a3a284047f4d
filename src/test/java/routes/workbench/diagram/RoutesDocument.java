package routes.workbench.diagram;

import java.nio.file.Path;
import java.util.List;

import routes.workbench.model.Project;
import routes.workbench.model.Route;
import routes.workbench.model.RouteFile;
import routes.workbench.model.YamlNode;

/** docs/routes.md: the map of all routes, and a picture and a list for each route file. */
final class RoutesDocument {

    private static final String HEAD = """
            # Routes

            Made from the route files by `bin/diagram`; `./mvnw verify` checks that it is current. Boxes are routes, rounded ones subjects, hexagons streams, diamonds
            circuit breakers. A dotted line from a route leads to the dead letters of what its last delivery could not settle; one from the database is the
            transactional outbox.

            """;

    private RoutesDocument() {
    }

    static String of(Project project) {
        StringBuilder text = new StringBuilder(HEAD);
        List<RouteFile> files = project.files().stream().sorted(java.util.Comparator.comparing(file -> name(project, file))).toList();
        List<Route> all = files.stream().flatMap(file -> file.routes().stream()).toList();
        text.append("## The map\n\n").append(FlowPicture.of(project, all));
        files.forEach(file -> section(project, file, text));
        return text.toString();
    }

    private static String name(Project project, RouteFile file) {
        Path folder = project.resources().resolve("camel");
        return (file.path().startsWith(folder) ? folder.relativize(file.path()) : file.path()).toString().replace('\\', '/').replaceFirst("\\.camel\\.yaml$", "");
    }

    private static void section(Project project, RouteFile file, StringBuilder text) {
        text.append("\n## ").append(name(project, file)).append("\n\n");
        file.routes().forEach(route -> item(route.id(), route.text("group"), route.text("description"), text));
        file.all("routeConfiguration").forEach(configuration -> configuration(configuration, text));
        file.all("rest").forEach(rest -> item(rest.get("id").text(), "", "Serves " + rest.get("openApi").get("specification").text(), text));
        if (!file.routes().isEmpty()) {
            text.append('\n').append(FlowPicture.of(project, file.routes()));
        }
    }

    private static void configuration(YamlNode configuration, StringBuilder text) {
        String id = configuration.get("id").text();
        item(id.isEmpty() ? "every route that names no other" : id, "route configuration", configuration.get("description").text(), text);
    }

    private static void item(String id, String group, String description, StringBuilder text) {
        text.append("- **").append(id).append("**").append(group.isEmpty() ? "" : " (" + group + ")").append(": ").append(description).append('\n');
    }
}
