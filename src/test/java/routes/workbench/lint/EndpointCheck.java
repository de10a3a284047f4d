package routes.workbench.lint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import routes.workbench.model.Endpoint;
import routes.workbench.model.Project;
import routes.workbench.model.Route;
import routes.workbench.model.YamlNode;

/** Whatever is sent within the process is received there, and by one route where only one can. */
final class EndpointCheck implements Check {

    private static final Set<String> INNER = Set.of("direct", "seda", "disruptor", "batch");

    @Override
    public void check(Project project, Report report) {
        Set<String> consumed = new HashSet<>();
        // what a template consumes is known from the routes that are made of it
        boolean anyDynamic = project.routes().filter(route -> !route.isTemplate()).map(Route::from).anyMatch(from -> INNER.contains(from.scheme()) && from.isDynamic());
        project.routes().filter(Route::isTemplate).filter(route -> INNER.contains(route.from().scheme())).forEach(template -> ofTemplate(template, project).forEach(consumed::add));
        Stream.concat(project.endpoints().filter(Endpoint::isConsumer), project.javaConsumers().stream()).map(EndpointCheck::key).forEach(consumed::add);
        project.endpoints().filter(endpoint -> INNER.contains(endpoint.scheme()) && !endpoint.isConsumer() && !endpoint.isDynamic())
                .filter(endpoint -> !consumed.contains(key(endpoint)) && !anyDynamic && !maySendToNobody(endpoint))
                .forEach(endpoint -> report.add(Rule.UNRESOLVED_ENDPOINT, "no route consumes " + key(endpoint), endpoint.pathPlace(), endpoint.place()));
        if (!anyDynamic) {
            project.files().forEach(file -> file.all("rest").map(rest -> rest.get("openApi").get("specification")).filter(YamlNode::exists)
                    .forEach(contract -> project.operations().stream().filter(operation -> !consumed.contains("direct:" + operation))
                            .forEach(operation -> report.add(Rule.UNRESOLVED_ENDPOINT, "no route consumes direct:%s, an operation of the contract".formatted(operation), contract.place()))));
        }
        consumedTwice(project, report);
    }

    private static Stream<String> ofTemplate(Route template, Project project) {
        return project.files().stream().flatMap(file -> file.all("templatedRoute")).filter(made -> made.get("routeTemplateRef").text().equals(template.id())).map(made -> {
            String key = key(template.from());
            for (YamlNode parameter : made.get("parameters").items()) {
                key = key.replace("{{" + parameter.get("name").text() + "}}", parameter.get("value").text());
            }
            for (YamlNode parameter : template.body().get("parameters").items()) {
                key = key.replace("{{" + parameter.get("name").text() + "}}", parameter.get("defaultValue").text());
            }
            return key;
        });
    }

    private static boolean maySendToNobody(Endpoint endpoint) {
        return endpoint.value("failIfNoConsumers").filter("false"::equals).isPresent() || endpoint.isTrue("discardIfNoConsumers");
    }

    private static void consumedTwice(Project project, Report report) {
        Map<String, Route> first = new HashMap<>();
        for (boolean given : new boolean[]{false, true}) {
            project.routes().filter(route -> project.isGiven(route.file().path()) == given && route.from().scheme().equals("direct") && !route.from().isDynamic())
                    .forEach(route -> {
                        Route other = first.putIfAbsent(key(route.from()), route);
                        if (other != null) {
                            report.add(Rule.DUPLICATE_CONSUMER, "%s is consumed by route %s already".formatted(key(route.from()), other.id()), route.from().pathPlace());
                        }
                    });
        }
    }

    private static String key(Endpoint endpoint) {
        return endpoint.scheme() + ":" + endpoint.path();
    }
}
