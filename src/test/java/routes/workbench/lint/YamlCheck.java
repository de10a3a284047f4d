package routes.workbench.lint;

import java.util.HashSet;
import java.util.Set;

import routes.workbench.model.Project;
import routes.workbench.model.YamlNode;

/** The file is YAML, and says nothing twice. */
final class YamlCheck implements Check {

    @Override
    public void check(Project project, Report report) {
        project.broken().forEach((file, reason) -> report.add(Rule.INVALID_YAML, reason.getMessage(), reason.place()));
        project.files().forEach(file -> repeatedKeys(file.document(), report));
    }

    private static void repeatedKeys(YamlNode node, Report report) {
        Set<String> keys = new HashSet<>();
        node.entries().forEach(entry -> {
            if (!keys.add(entry.key())) {
                report.add(Rule.INVALID_YAML, "'%s' is said twice".formatted(entry.key()), entry.place());
            }
            repeatedKeys(entry.value(), report);
        });
        node.items().forEach(item -> repeatedKeys(item, report));
    }
}
