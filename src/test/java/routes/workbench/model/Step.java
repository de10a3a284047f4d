package routes.workbench.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A step of a route, with the steps in it.
 *
 * @param eip       to, bean, choice, when, …
 * @param place     of the step's own key
 * @param endpoints what it sends to or polls
 */
public record Step(String eip, Place place, YamlNode body, List<Endpoint> endpoints, List<Step> steps) {

    /** Parts of a step that hold steps of their own. */
    private static final List<String> BRANCHES = List.of("when", "otherwise", "doCatch", "doFinally", "onFallback");

    static List<Step> list(YamlNode steps, Endpoints endpoints) {
        List<Step> found = new ArrayList<>();
        steps.items().forEach(item -> item.entries().forEach(entry -> found.add(of(entry.key(), entry.place(), entry.value(), endpoints))));
        return found;
    }

    static Step of(String eip, Place place, YamlNode body, Endpoints endpoints) {
        List<Step> inside = new ArrayList<>(list(body.get("steps"), endpoints));
        body.entries().stream().filter(entry -> BRANCHES.contains(entry.key())).forEach(entry -> {
            if (entry.value().isMap()) {
                inside.add(of(entry.key(), entry.place(), entry.value(), endpoints));
            }
            entry.value().items().forEach(item -> inside.add(of(entry.key(), item.place(), item, endpoints)));
        });
        return new Step(eip, place, body, endpoints.of(eip, place, body), inside);
    }

    public String id() {
        return body.get("id").text();
    }

    /** @return whether it is a part of another step rather than one of its own */
    public boolean isBranch() {
        return BRANCHES.contains(eip);
    }

    /** @return this step and all in it, in the order of the file */
    public Stream<Step> withInner() {
        return Stream.concat(Stream.of(this), steps.stream().flatMap(Step::withInner));
    }
}
