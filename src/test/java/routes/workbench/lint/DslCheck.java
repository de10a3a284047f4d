package routes.workbench.lint;

import java.util.List;
import java.util.Set;

import routes.workbench.model.Expression;
import routes.workbench.model.Project;
import routes.workbench.model.RouteFile;
import routes.workbench.model.Step;

/** The file is what Camel's YAML schema describes. */
final class DslCheck implements Check {

    /** The schema does not say that these need one. */
    private static final Set<String> WITH_EXPRESSION = Set.of("setBody", "setHeader", "setProperty", "setVariable", "filter", "when", "split",
            "transform", "validate", "recipientList", "routingSlip", "dynamicRouter", "delay", "loop", "idempotentConsumer", "enrich", "pollEnrich");
    private static final DslSchema SCHEMA = new DslSchema();

    @Override
    public void check(Project project, Report report) {
        project.files().stream().filter(file -> project.isGiven(file.path())).forEach(file -> {
            List<DslSchema.Fault> faults = SCHEMA.validate(file.document());
            faults.forEach(fault -> report.add(Rule.INVALID_DSL, fault.message(), fault.place()));
            if (faults.isEmpty()) {
                expressions(file, report);
            }
        });
    }

    private static void expressions(RouteFile file, Report report) {
        file.allSteps().filter(step -> WITH_EXPRESSION.contains(step.eip()) && step.body().isMap()).filter(DslCheck::hasNone)
                .forEach(step -> report.add(Rule.INVALID_DSL, step.eip() + " lacks an expression", step.place()));
    }

    private static boolean hasNone(Step step) {
        return Expression.of(step.body()).isEmpty() && !step.body().has("expression");
    }
}
