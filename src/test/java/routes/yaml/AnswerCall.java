package routes.yaml;

import org.citrusframework.context.TestContext;

/** What the HTTP service that a step calls answers, so many times: really over HTTP, so that a status is one. */
public final class AnswerCall extends StepAction {

    private int status = StandIn.WELL.status();
    private String body = StandIn.WELL.body();

    public AnswerCall() {
        super("answerCall");
    }

    public void setStatus(int status) {
        this.status = status;
    }

    public void setBody(String body) {
        this.body = body;
    }

    @Override
    void act(TestContext context) {
        StandIn.Answer answer = new StandIn.Answer(status, context.replaceDynamicContentInString(body));
        StandIn services = bound(Steps.class, context).services();
        change((exchange, step) -> {
            services.call(step, exchange, answer);
            return true;
        }, context);
    }
}
