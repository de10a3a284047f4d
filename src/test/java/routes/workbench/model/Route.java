package routes.workbench.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A route of a file: {@code route}, a {@code from} of its own, or what a {@code routeTemplate} holds.
 *
 * @param kind     the key it stands under
 * @param place    of that key
 * @param body     what stands under the key
 * @param from     the consumer, and the steps
 * @param file     what else the file holds
 */
public record Route(String kind, Place place, YamlNode body, Endpoint from, List<Step> steps, RouteFile file) {

    public String id() {
        return body.get("id").text();
    }

    /** @return what says how the route runs: of a template that holds a whole route, that route */
    public YamlNode definition() {
        return isTemplate() && body.has("route") ? body.get("route") : body;
    }

    public String text(String key) {
        return body.has(key) ? body.get(key).text() : definition().get(key).text();
    }

    public boolean isTemplate() {
        return kind.equals("routeTemplate");
    }

    /** @return every step, those in other steps too */
    public Stream<Step> allSteps() {
        return steps.stream().flatMap(Step::withInner);
    }

    /** @return every endpoint that a step uses */
    public Stream<Endpoint> producers() {
        return allSteps().flatMap(step -> step.endpoints().stream());
    }

    /** @return the step that uses an endpoint */
    public Optional<Step> stepOf(Endpoint endpoint) {
        return allSteps().filter(step -> step.endpoints().contains(endpoint)).findFirst();
    }
}
