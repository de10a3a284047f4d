package routes.yaml;

import java.util.LinkedHashMap;
import java.util.Map;

import org.citrusframework.context.TestContext;

/** Answers in place of a step of a route, so many times: what it would have called is not called. */
public final class StubStep extends StepAction {

    private String body;
    private Map<String, String> headers = new LinkedHashMap<>();

    public StubStep() {
        super("stubStep");
    }

    /** @param body of the message after the step; as before it where absent */
    public void setBody(String body) {
        this.body = body;
    }

    public void setHeaders(Map<String, String> headers) {
        this.headers = headers;
    }

    @Override
    void act(TestContext context) {
        String text = body == null ? null : context.replaceDynamicContentInString(body);
        change((exchange, step) -> {
            if (text != null) {
                exchange.getMessage().setBody(text);
            }
            headers.forEach((name, value) -> exchange.getMessage().setHeader(name, context.replaceDynamicContentInString(value)));
            return true;
        }, context);
    }
}
