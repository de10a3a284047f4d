package routes.workbench.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a project promises to others by its contracts: operations and subjects. */
final class Promises {

    private static final Pattern OPERATION = Pattern.compile("^\\s*operationId:\\s*[\"']?(\\w+)", Pattern.MULTILINE);
    private static final Pattern SCHEMA = Pattern.compile("(.+)\\.v\\d+\\.json");

    private final Project project;

    Promises(Project project) {
        this.project = project;
    }

    Set<String> operations() {
        Path contract = project.resources().resolve("static/openapi.yaml");
        Set<String> found = new TreeSet<>();
        if (Files.exists(contract)) {
            OPERATION.matcher(ProjectFiles.text(contract)).results().forEach(operation -> found.add(operation.group(1)));
        }
        return found;
    }

    Set<String> subjects() {
        Set<String> subjects = new TreeSet<>();
        ProjectFiles.list(project.resources().resolve("schemas"), ".+\\.json", 1).forEach(file -> {
            Matcher schema = SCHEMA.matcher(file.getFileName().toString());
            if (schema.matches() && schema.group(1).contains(".")) {
                subjects.add(schema.group(1));
            }
        });
        project.settings().below("ekko.nats.metrics").forEach((key, setting) -> {
            if (key.startsWith("subjects")) {
                subjects.add(setting.value());
            }
        });
        project.endpoints().filter(endpoint -> endpoint.isNats() && !endpoint.isDynamic()).map(Endpoint::path).forEach(subjects::add);
        subjects.removeIf(subject -> Subjects.hasWildcard(subject) || !Subjects.isWellFormed(subject));
        return subjects;
    }
}
