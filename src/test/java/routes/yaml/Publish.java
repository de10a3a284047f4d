package routes.yaml;

import io.nats.client.Message;
import org.citrusframework.context.TestContext;

/** Publishes a message into the stream of its subject, or with {@code core: true} to whoever listens. */
public final class Publish extends MessageAction {

    /** What {@code expectAck} and others mean unless they say otherwise. */
    static final String DEFAULT_NAME = "message";

    private String as = DEFAULT_NAME;
    private boolean core;

    public Publish() {
        super("publish");
    }

    /** @param as name under which later actions know the message; its sequence is the variable {@code <name>_seq} */
    public void setAs(String as) {
        this.as = as;
    }

    public void setCore(boolean core) {
        this.core = core;
    }

    @Override
    void act(TestContext context) throws Exception {
        Message message = message(context);
        Wire wire = bound(Wire.class, context);
        if (core) {
            wire.publish(message);
            return;
        }
        Published published = wire.store(message);
        context.setVariable(as, published);
        context.setVariable(as + "_seq", published.sequence());
    }
}
