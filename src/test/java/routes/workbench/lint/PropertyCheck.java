package routes.workbench.lint;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

import routes.workbench.model.Project;
import routes.workbench.model.Settings;
import routes.workbench.model.YamlNode;

/** Placeholders have a value. */
final class PropertyCheck implements Check {

    private static final Pattern FUNCTION = Pattern.compile("\\$\\{properties(?:Exist)?:([\\w.-]+)(:[^}]*)?}");

    @Override
    public void check(Project project, Report report) {
        project.files().stream().filter(file -> project.isGiven(file.path())).forEach(file -> file.entries().forEach(entry -> {
            Set<String> parameters = new HashSet<>();
            if (entry.key().equals("routeTemplate")) {
                entry.value().get("parameters").items().forEach(parameter -> parameters.add(parameter.get("name").text()));
                entry.value().get("beans").items().forEach(bean -> parameters.add(bean.get("name").text()));
            }
            entry.value().scalars().forEach(text -> look(text, parameters, project, report));
        }));
    }

    private static void look(YamlNode text, Set<String> parameters, Project project, Report report) {
        for (String placeholder : Settings.placeholders(text.text())) {
            String name = placeholder.strip();
            if (!parameters.contains(name.replaceFirst("^[?!]", "").replaceFirst(":.*", "")) && !name.startsWith("?") && !project.settings().knows(name)) {
                report.add(Rule.UNRESOLVED_PROPERTY, "application.yaml does not define {{%s}}".formatted(name), text.place());
            }
        }
        FUNCTION.matcher(text.text()).results().filter(found -> found.group(2) == null && !found.group().startsWith("${propertiesExist"))
                .filter(found -> project.settings().get(found.group(1)).isEmpty())
                .forEach(found -> report.add(Rule.UNRESOLVED_PROPERTY, "application.yaml does not define %s".formatted(found.group(1)), text.place()));
    }
}
