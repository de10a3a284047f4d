package routes.workbench.lint;

import java.util.Comparator;

import routes.workbench.model.Place;

/** What is wrong, and where. */
public record Problem(Place place, Rule rule, String message) {

    static final Comparator<Problem> IN_ORDER = Comparator.<Problem, String>comparing(problem -> problem.place().file().toString())
            .thenComparing(problem -> problem.place().line()).thenComparing(Problem::rule).thenComparing(Problem::message);

    @Override
    public String toString() {
        return "%s:%d: %s: %s".formatted(place.file(), place.line(), rule.id(), message);
    }
}
