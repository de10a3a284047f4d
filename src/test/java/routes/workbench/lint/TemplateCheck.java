package routes.workbench.lint;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import routes.workbench.model.Project;
import routes.workbench.model.YamlNode;

/** Routes that are made of a template name one that there is, and give it what it asks for. */
final class TemplateCheck implements Check {

    @Override
    public void check(Project project, Report report) {
        Map<String, YamlNode> templates = new HashMap<>();
        project.files().forEach(file -> file.all("routeTemplate").forEach(template -> templates.put(template.get("id").text(), template)));
        project.files().forEach(file -> file.all("templatedRoute").forEach(route -> {
            YamlNode named = route.get("routeTemplateRef");
            if (!templates.containsKey(named.text())) {
                report.add(Rule.UNKNOWN_ROUTE_TEMPLATE, "there is no routeTemplate '%s'".formatted(named.text()), named.place());
            } else {
                parameters(route, templates.get(named.text()), report);
            }
        }));
    }

    private static void parameters(YamlNode route, YamlNode template, Report report) {
        Set<String> given = names(route);
        template.get("parameters").items().stream().filter(parameter -> !parameter.has("defaultValue") && !parameter.get("required").text().equals("false"))
                .map(parameter -> parameter.get("name").text()).filter(name -> !given.contains(name))
                .forEach(name -> report.add(Rule.UNKNOWN_ROUTE_TEMPLATE, "the template asks for the parameter '%s'".formatted(name), route.get("routeTemplateRef").place()));
    }

    private static Set<String> names(YamlNode holder) {
        return holder.get("parameters").items().stream().map(parameter -> parameter.get("name").text()).collect(Collectors.toSet());
    }
}
