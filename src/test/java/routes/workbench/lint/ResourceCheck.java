package routes.workbench.lint;

import java.nio.file.Files;
import java.util.regex.Pattern;

import routes.workbench.model.Project;
import routes.workbench.model.YamlNode;

/** Files of the class path that routes name are there: SQL statements, schemas, contracts. */
final class ResourceCheck implements Check {

    private static final Pattern RESOURCE = Pattern.compile("classpath:/*([^\\s?&,\"']+)");

    @Override
    public void check(Project project, Report report) {
        project.files().stream().filter(file -> project.isGiven(file.path())).flatMap(file -> file.document().scalars().stream())
                .forEach(text -> look(text, project, report));
    }

    private static void look(YamlNode text, Project project, Report report) {
        RESOURCE.matcher(project.settings().resolve(text.text()).orElse(text.text())).results().map(found -> found.group(1))
                .filter(name -> !name.contains("${") && !name.contains("{{") && !name.contains("*"))
                .filter(name -> !Files.exists(project.resources().resolve(name)) && ResourceCheck.class.getResource("/" + name) == null)
                .forEach(name -> report.add(Rule.MISSING_RESOURCE, "there is no %s in src/main/resources".formatted(name), text.place()));
    }
}
