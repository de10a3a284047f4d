package routes.workbench.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import routes.workbench.model.Endpoint;
import routes.workbench.model.Project;

/** The placeholders of SQL statements, in routes and in the files that they name, are what Camel takes for such. */
final class SqlCheck implements Check {

    private static final String FILE = "classpath:";

    @Override
    public void check(Project project, Report report) {
        project.endpoints().filter(endpoint -> endpoint.scheme().equals("sql") && !endpoint.isConsumer() && !endpoint.path().isEmpty())
                .filter(endpoint -> endpoint.value("placeholder").isEmpty()).forEach(endpoint -> check(endpoint, project, report));
    }

    private static void check(Endpoint endpoint, Project project, Report report) {
        String query = endpoint.path();
        if (!query.startsWith(FILE)) {
            SqlText.faults(query).forEach(fault -> report.add(Rule.INVALID_SQL, fault.message(), endpoint.pathPlace()));
            return;
        }
        String name = query.substring(FILE.length()).replaceFirst("^/+", "").replaceFirst("\\?.*", "");
        Path file = project.resources().resolve(name);
        if (Files.isRegularFile(file)) {
            SqlText.faults(text(file)).forEach(fault -> report.add(Rule.INVALID_SQL, "%s:%d: %s".formatted(name, fault.line(), fault.message()), endpoint.pathPlace()));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
