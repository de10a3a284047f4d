package routes.workbench.lint;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.camel.support.PatternHelper;
import routes.workbench.model.Project;
import routes.workbench.model.YamlNode;

/** Route configurations, circuit breakers and their route policies that routes name exist. */
final class NameCheck implements Check {

    private static final Pattern PAUSE = Pattern.compile("#?pause-while-(.+)-open");

    @Override
    public void check(Project project, Report report) {
        Set<String> configurations = new HashSet<>();
        project.files().forEach(file -> file.all("routeConfiguration").forEach(configuration -> configurations.add(configuration.get("id").text())));
        project.routes().forEach(route -> {
            YamlNode named = route.definition().get("routeConfigurationId");
            Stream.of(named.text().split(",")).map(String::strip).filter(name -> !name.isEmpty() && !name.contains("{{"))
                    .filter(name -> configurations.stream().noneMatch(known -> PatternHelper.matchPattern(known, name)))
                    .forEach(name -> report.add(Rule.UNKNOWN_ROUTE_CONFIGURATION, "there is no route configuration '%s'".formatted(name), named.place()));
            policy(route.definition().get("routePolicy"), project, report);
        });
        project.files().forEach(file -> file.allSteps().filter(step -> step.eip().equals("circuitBreaker"))
                .forEach(step -> breaker(step.body().get("resilience4jConfiguration").get("circuitBreaker"), project, report)));
    }

    private static void policy(YamlNode policies, Project project, Report report) {
        for (String name : policies.text().split(",")) {
            Matcher pause = PAUSE.matcher(name.strip());
            if (pause.matches() && !project.settings().names("ekko.breakers").contains(pause.group(1))) {
                report.add(Rule.UNKNOWN_BREAKER, "there is no ekko.breakers.%s, and so no route policy '%s'".formatted(pause.group(1), name.strip()), policies.place());
            }
        }
    }

    private static void breaker(YamlNode named, Project project, Report report) {
        String name = project.settings().resolve(named.text()).orElse("").replaceFirst("^#(bean:)?", "");
        if (!name.isEmpty() && !project.settings().names("ekko.breakers").contains(name) && !project.beans().has(name)) {
            report.add(Rule.UNKNOWN_BREAKER, "there is no ekko.breakers.%s".formatted(name), named.place());
        }
    }
}
