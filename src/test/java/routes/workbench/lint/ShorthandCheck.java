package routes.workbench.lint;

import java.util.Set;

import routes.workbench.model.Endpoint;
import routes.workbench.model.Expression;
import routes.workbench.model.Project;
import routes.workbench.model.RouteFile;
import routes.workbench.model.Step;

/** Routes are written in the long form. */
final class ShorthandCheck implements Check {

    /** Their ref and method are options, no expressions. */
    private static final Set<String> NO_EXPRESSION = Set.of("bean", "process", "policy", "transacted", "customLoadBalancer");
    private static final Set<String> ENDPOINTS = Set.of("to", "toD", "wireTap", "poll");

    @Override
    public void check(Project project, Report report) {
        project.endpoints().filter(Endpoint::isShorthand)
                .forEach(endpoint -> report.add(Rule.SHORTHAND, "options belong under parameters", endpoint.place()));
        project.files().stream().flatMap(RouteFile::allSteps).forEach(step -> check(step, report));
    }

    private static void check(Step step, Report report) {
        if (step.body().isScalar() && (ENDPOINTS.contains(step.eip()) || step.eip().equals("log"))) {
            report.add(Rule.SHORTHAND, "%s in one line".formatted(step.eip()), step.place());
        }
        Expression.of(step.body()).filter(expression -> expression.shorthand() && !NO_EXPRESSION.contains(step.eip()))
                .ifPresent(expression -> report.add(Rule.SHORTHAND, "an expression is written as expression: %s: expression".formatted(expression.language()), expression.place()));
    }
}
