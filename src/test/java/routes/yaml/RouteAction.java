package routes.yaml;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.citrusframework.TestActionBuilder;
import org.citrusframework.actions.AbstractTestAction;
import org.citrusframework.context.TestContext;
import org.citrusframework.exceptions.CitrusRuntimeException;

/** A test action of this project. Its setters are its properties in YAML; Citrus knows it by META-INF/citrus/yaml/builder. */
public abstract class RouteAction extends AbstractTestAction implements TestActionBuilder<RouteAction> {

    private Duration timeout = Duration.ofSeconds(10);

    RouteAction(String name) {
        setName(name);
    }

    /** @param timeout milliseconds to wait for what is expected */
    public void setTimeout(long timeout) {
        this.timeout = Duration.ofMillis(timeout);
    }

    Duration timeout() {
        return timeout;
    }

    ConditionFactory awaiting() {
        return awaiting(timeout);
    }

    static ConditionFactory awaiting(Duration timeout) {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).atMost(timeout);
    }

    @Override
    public RouteAction build() {
        return this;
    }

    @Override
    public void doExecute(TestContext context) {
        try {
            act(context);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CitrusRuntimeException(e.toString(), e);
        }
    }

    abstract void act(TestContext context) throws Exception;

    static <T> T bound(Class<T> type, TestContext context) {
        return context.getReferenceResolver().resolve(type);
    }
}
