package routes.yaml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.citrusframework.context.TestContext;
import org.citrusframework.util.FileUtils;
import routes.nats.NatsHeaders;

import static io.nats.client.support.NatsJetStreamConstants.MSG_ID_HDR;

/** An action that sends a message, given in YAML. Variables and functions of Citrus may stand anywhere in it. */
public abstract class MessageAction extends RouteAction {

    private String subject;
    private Map<String, String> headers = new LinkedHashMap<>();
    private String body = "";
    private String file;

    MessageAction(String name) {
        super(name);
    }

    public void setSubject(String subject) {
        this.subject = subject;
    }

    /** @param headers beside the correlation id of the test and a message id, which every message has unless they are here */
    public void setHeaders(Map<String, String> headers) {
        this.headers = headers;
    }

    public void setBody(String body) {
        this.body = body;
    }

    /** @param file the body, such as {@code classpath:routes/completed.json} */
    public void setFile(String file) {
        this.file = file;
    }

    Message message(TestContext context) throws IOException {
        Headers sent = new Headers();
        sent.put(NatsHeaders.CORRELATION_ID, context.getVariable(RouteTests.CORRELATION));
        sent.put(MSG_ID_HDR, UUID.randomUUID().toString());
        headers.forEach((name, value) -> sent.put(name, context.replaceDynamicContentInString(value)));
        String text = file == null ? body : FileUtils.readToString(FileUtils.getFileResource(file, context));
        return NatsMessage.builder().subject(context.replaceDynamicContentInString(subject)).headers(sent)
                .data(context.replaceDynamicContentInString(text).getBytes(StandardCharsets.UTF_8)).build();
    }
}
