package routes.workbench.lint;

import java.util.Set;

import org.apache.camel.catalog.LanguageValidationResult;
import routes.workbench.model.Place;
import routes.workbench.model.Project;
import routes.workbench.model.Settings;
import routes.workbench.model.YamlNode;

/** What is written in the simple language parses. */
final class SimpleCheck implements Check {

    private static final Set<String> PREDICATES = Set.of("filter", "when", "validate", "onWhen", "handled", "continued", "retryWhile", "completionPredicate");

    @Override
    public void check(Project project, Report report) {
        project.files().stream().filter(file -> project.isGiven(file.path()))
                .forEach(file -> file.entries().forEach(entry -> walk(entry.key(), entry.value(), false, project, report)));
    }

    private static void walk(String key, YamlNode node, boolean predicate, Project project, Report report) {
        if (key.equals("simple")) {
            String text = node.isScalar() ? node.text() : node.get("expression").text();
            Place place = node.isScalar() ? node.place() : node.get("expression").place();
            parse(text, place, predicate, project, report);
        } else if (key.equals("log") && (node.isScalar() || node.has("message"))) {
            YamlNode message = node.isScalar() ? node : node.get("message");
            parse(message.text(), message.place(), false, project, report);
        } else if (key.equals("toD")) {
            YamlNode uri = node.isScalar() ? node : node.get("uri");
            parse(uri.text(), uri.place(), false, project, report);
        }
        node.entries().stream().filter(entry -> !entry.key().equals("parameters")).forEach(entry ->
                walk(entry.key(), entry.value(), isPredicate(entry) || predicate && isPartOfExpression(entry.key()), project, report));
        boolean inside = predicate && !key.equals("steps");
        node.items().forEach(item -> walk(key.equals("when") ? "a branch" : "", item, inside, project, report));
    }

    private static boolean isPredicate(YamlNode.Entry entry) {
        return PREDICATES.contains(entry.key()) || entry.key().equals("loop") && entry.value().get("doWhile").text().equals("true");
    }

    private static boolean isPartOfExpression(String key) {
        return key.equals("expression") || key.equals("simple");
    }

    private static void parse(String text, Place place, boolean predicate, Project project, Report report) {
        String resolved = project.settings().resolve(text).orElse(text);
        for (String unknown : Settings.placeholders(resolved)) {
            resolved = resolved.replace("{{" + unknown + "}}", "0");
        }
        if (resolved.startsWith("resource:") || resolved.isBlank()) {
            return;
        }
        LanguageValidationResult result = predicate
                ? project.catalog().camel().validateLanguagePredicate(null, "simple", resolved)
                : project.catalog().camel().validateLanguageExpression(null, "simple", resolved);
        // without an index it is not the text but something that only the running application has
        if (!result.isSuccess() && result.getIndex() >= 0) {
            report.add(Rule.INVALID_SIMPLE, "%s in '%s'".formatted(result.getShortError(), text.strip()), place);
        }
    }
}
