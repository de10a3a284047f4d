package routes.yaml;

import org.citrusframework.TestAction;
import org.citrusframework.context.TestContext;

/** An action that makes a step of a route do something else, until the end of the test. */
public abstract class StepAction extends RouteAction {

    private String step;
    private int times = Integer.MAX_VALUE;

    StepAction(String name) {
        super(name);
    }

    /** @param step id of the step in its route */
    public void setStep(String step) {
        this.step = step;
    }

    /** @param times how often, then the step is as it was; always where it is absent */
    public void setTimes(int times) {
        this.times = times;
    }

    String step() {
        return step;
    }

    int times() {
        return times;
    }

    void change(Steps.Instead instead, TestContext context) {
        Steps steps = bound(Steps.class, context);
        steps.change(step, context.getVariable(RouteTests.CORRELATION), instead);
        TestAction undo = any -> steps.asTheyAre();
        context.doFinally(() -> undo);
    }
}
