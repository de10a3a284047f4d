package routes.yaml;

import io.nats.client.Message;
import org.citrusframework.context.TestContext;
import org.citrusframework.exceptions.ValidationException;

/** A core NATS request. Its reply is there for {@code receive} from {@code nats:reply}. */
public final class Request extends MessageAction {

    static final String REPLY_VARIABLE = "nats_reply";

    public Request() {
        super("request");
    }

    @Override
    void act(TestContext context) throws Exception {
        Message request = message(context);
        Message reply = bound(Wire.class, context).request(request, timeout());
        if (reply == null) {
            throw new ValidationException("expected a reply to %s within %d ms, got none".formatted(request.getSubject(), timeout().toMillis()));
        }
        context.setVariable(REPLY_VARIABLE, NatsListener.read(reply));
    }
}
