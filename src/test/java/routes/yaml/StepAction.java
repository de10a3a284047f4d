package routes.yaml;

import java.util.concurrent.atomic.AtomicInteger;

import org.citrusframework.TestAction;
import org.citrusframework.context.TestContext;
import org.citrusframework.exceptions.ValidationException;

/**
 * An action that makes a step of a route do something else until the end of the test. Then the step must have been reached
 * by messages of the test, or the test would prove nothing.
 */
public abstract class StepAction extends RouteAction {

    private static final int ALWAYS = Integer.MAX_VALUE;

    private final AtomicInteger reached = new AtomicInteger();
    private String step;
    private int times = ALWAYS;

    StepAction(String name) {
        super(name);
    }

    /** @param step id of the step in its route */
    public void setStep(String step) {
        this.step = step;
    }

    /** @param times how often, then the step is as it was; always where it is absent; 0 for a step that must not be reached */
    public void setTimes(int times) {
        this.times = times;
    }

    void change(Steps.Instead instead, TestContext context) {
        Steps steps = bound(Steps.class, context);
        steps.change(step, context.getVariable(RouteTests.CORRELATION), (exchange, original) -> reached.incrementAndGet() <= times && instead.done(exchange, original));
        TestAction end = any -> {
            steps.asItIs(step);
            check();
        };
        context.doFinally(() -> end);
    }

    private void check() {
        int least = times == ALWAYS ? 1 : times;
        if (reached.get() < least || times == 0 && reached.get() > 0) {
            throw new ValidationException("expected step %s to be reached %s, it was %d times".formatted(step,
                    times == 0 ? "never" : "at least %d times".formatted(least), reached.get()));
        }
    }
}
