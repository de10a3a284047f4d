package routes.workbench.lint;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import routes.workbench.model.Project;

/** Runs every check over a project. */
public final class Linter {

    private static final List<Check> CHECKS = List.of(new YamlCheck(), new DslCheck(), new ComponentCheck(), new SimpleCheck(),
            new IdentityCheck(), new BeanCheck(), new EndpointCheck(), new ResourceCheck(), new SqlCheck(), new PropertyCheck(), new NameCheck(),
            new SubjectCheck(), new RequestCheck(), new WorkQueueCheck(), new RedeliveryCheck(), new TimeCheck(), new ClusterCheck(),
            new HeaderCheck(), new ErrorHandlingCheck(), new BreakerCheck(), new TemplateCheck(), new SecretCheck(), new ShorthandCheck());

    private Linter() {
    }

    /**
     * @param home  the project's folder: what given files may refer to
     * @param given the files to look at, their texts by path
     */
    public static List<Problem> lint(Path home, Map<Path, String> given) {
        Project project = Project.read(home, given);
        Report report = new Report(project);
        CHECKS.forEach(check -> check.check(project, report));
        return report.problems();
    }
}
