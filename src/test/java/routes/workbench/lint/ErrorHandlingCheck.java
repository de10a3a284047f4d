package routes.workbench.lint;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import routes.workbench.model.Endpoint;
import routes.workbench.model.Project;
import routes.workbench.model.Route;
import routes.workbench.model.YamlNode;
import routes.workbench.model.YamlNode.Entry;

/** NATS-driven routes keep the shared error handling, and routes behind the REST API have theirs. */
final class ErrorHandlingCheck implements Check {

    private static final String REST = "rest-errors";

    @Override
    public void check(Project project, Report report) {
        Set<String> behindRest = new HashSet<>(project.operations());
        project.files().forEach(file -> file.all("rest").flatMap(rest -> rest.entries().stream()).flatMap(verb -> verb.value().items().stream())
                .map(verb -> verb.get("to")).map(to -> to.isScalar() ? to.text() : to.get("uri").text().equals("direct") ? "direct:" + to.get("parameters").get("name").text() : to.get("uri").text())
                .filter(uri -> uri.startsWith("direct:")).forEach(uri -> behindRest.add(uri.substring("direct:".length()).replaceFirst("\\?.*", ""))));
        project.routes().forEach(route -> {
            Endpoint from = route.from();
            if (from.isNats()) {
                nats(route, report);
            } else if (from.scheme().equals("platform-http") || from.scheme().equals("direct") && behindRest.contains(from.path())) {
                rest(route, report);
            }
        });
    }

    private static void nats(Route route, Report report) {
        YamlNode named = route.definition().get("routeConfigurationId");
        if (!named.text().isBlank()) {
            report.add(Rule.NO_SHARED_ERRORS, "naming '%s' switches the shared error handling off".formatted(named.text()), named.place());
        }
        for (String key : new String[]{"errorHandler", "errorHandlerRef"}) {
            route.definition().entry(key).ifPresent(entry -> report.add(Rule.NO_SHARED_ERRORS, "an error handler of its own takes the place of the shared one", entry.place()));
        }
        for (Entry entry : route.file().entries()) {
            if (entry.key().equals("errorHandler") || entry.key().equals("onException")) {
                report.add(Rule.NO_SHARED_ERRORS, "%s for the whole file comes before the shared error handling of its NATS-driven routes".formatted(entry.key()), entry.place());
            }
        }
    }

    private static void rest(Route route, Report report) {
        Optional<Entry> named = route.definition().entry("routeConfigurationId");
        if (named.filter(entry -> Arrays.stream(entry.value().text().split(",")).map(String::strip).anyMatch(REST::equals)).isEmpty()) {
            report.add(Rule.NO_REST_ERRORS, "route %s answers REST requests without routeConfigurationId: %s".formatted(route.id(), REST),
                    named.map(Entry::place).orElse(route.place()));
        }
    }
}
