package routes.workbench.lint;

import routes.workbench.model.Project;
import routes.workbench.model.Route;
import routes.workbench.model.Step;

/** A circuit breaker stands in a step, or in another pattern, that has an error handler around it. */
final class BreakerCheck implements Check {

    @Override
    public void check(Project project, Report report) {
        project.routes().filter(BreakerCheck::isHandled).flatMap(route -> route.steps().stream())
                .filter(step -> step.eip().equals("circuitBreaker") && !hasFallback(step))
                .forEach(step -> report.add(Rule.UNGUARDED_BREAKER, "no error handler is around this circuit breaker: put it into a step", step.place()));
    }

    /** A route that others call leaves its failures to them, and so does its breaker. */
    private static boolean isHandled(Route route) {
        return route.from().isNats() || !route.definition().get("routeConfigurationId").text().isBlank();
    }

    private static boolean hasFallback(Step breaker) {
        return breaker.body().has("onFallback");
    }
}
