package routes.yaml;

import org.citrusframework.context.TestContext;
import org.citrusframework.exceptions.CitrusRuntimeException;

/** Lets a step of a route fail, so many times. */
public final class FailStep extends StepAction {

    private String exception = IllegalStateException.class.getName();
    private String message = "made to fail";

    public FailStep() {
        super("failStep");
    }

    /** @param exception class with a constructor that takes a message, with or without a cause */
    public void setException(String exception) {
        this.exception = exception;
    }

    public void setMessage(String message) {
        this.message = message;
    }

    @Override
    void act(TestContext context) {
        // now, so that a class that there is not fails here
        failure(context);
        change((exchange, step) -> {
            throw failure(context);
        }, context);
    }

    private Exception failure(TestContext context) {
        String text = context.replaceDynamicContentInString(message);
        try {
            Class<? extends Exception> type = Class.forName(exception).asSubclass(Exception.class);
            try {
                return type.getConstructor(String.class).newInstance(text);
            } catch (NoSuchMethodException e) {
                return type.getConstructor(String.class, Throwable.class).newInstance(text, null);
            }
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new CitrusRuntimeException("No %s can be made of a message".formatted(exception), e);
        }
    }
}
