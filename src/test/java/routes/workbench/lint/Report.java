package routes.workbench.lint;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

import routes.workbench.model.Place;
import routes.workbench.model.Project;

/** Collects the problems of the files that are asked for. */
final class Report {

    private final Project project;
    private final TreeSet<Problem> problems = new TreeSet<>(Problem.IN_ORDER);

    Report(Project project) {
        this.project = project;
    }

    /**
     * @param places where it could be mended, the likeliest first: the first in a file that is asked for is reported, and
     *               none when the problem lies wholly in other files
     */
    void add(Rule rule, String message, Place... places) {
        Arrays.stream(places).filter(place -> project.isGiven(place.file())).findFirst()
                .ifPresent(place -> problems.add(new Problem(place, rule, message)));
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
