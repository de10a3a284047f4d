package routes.yaml;

import org.citrusframework.context.TestContext;
import org.citrusframework.http.message.HttpMessage;
import org.citrusframework.message.Message;
import org.citrusframework.message.MessageDirection;
import org.citrusframework.message.MessageDirectionAware;
import org.citrusframework.message.MessageProcessor;
import routes.nats.NatsHeaders;

/** What every HTTP request of a test has, unless the test says otherwise. */
class RequestHeaders implements MessageProcessor, MessageDirectionAware {

    @Override
    public void process(Message message, TestContext context) {
        if (message instanceof HttpMessage && message.getHeader(NatsHeaders.CORRELATION_ID) == null) {
            message.setHeader(NatsHeaders.CORRELATION_ID, context.getVariable(RouteTests.CORRELATION));
        }
    }

    @Override
    public MessageDirection getDirection() {
        return MessageDirection.OUTBOUND;
    }
}
