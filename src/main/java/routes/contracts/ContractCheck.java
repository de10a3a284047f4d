package routes.contracts;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;
import routes.nats.Batch;
import routes.nats.CloudEvents;
import routes.nats.NatsHeaders;

/** The shared step that checks every message of every NATS-driven route, on its way in and on its way out. */
@Component("contractCheck")
public class ContractCheck {

    private static final Pattern ENDPOINT = Pattern.compile("^nats:(?://)?([^?]+)");

    private final MessageSchemas schemas;
    private final CloudEvents cloudEvents;

    ContractCheck(MessageSchemas schemas, CloudEvents cloudEvents) {
        this.schemas = schemas;
        this.cloudEvents = cloudEvents;
    }

    /** Checks the message that has just come in, or each message of a batch. */
    public void incoming(Exchange exchange) throws Exception {
        Batch.each(exchange, message -> {
            String subject = message.getProperty(NatsHeaders.LOG_SUBJECT, String.class);
            schemas.check(cloudEvents.kind(subject), message.getMessage().getHeader("ce-dataschema", String.class), body(message), "in");
        });
    }

    /** Checks the message that is about to go out, or each message of a batch. */
    public void outgoing(Exchange exchange) throws Exception {
        String to = subject(exchange.getProperty(Exchange.INTERCEPTED_ENDPOINT, String.class));
        Batch.each(exchange, message -> {
            String subject = message.getMessage().getHeader(NatsHeaders.OVERRIDE_SUBJECT, to, String.class);
            if (!subject.startsWith("dlq")) {
                // a dead letter that were refused would go round in circles
                int version = message.getMessage().getHeader(NatsHeaders.SCHEMA_VERSION, 1, Integer.class);
                schemas.check(cloudEvents.kind(subject), ":v" + version, body(message), "out");
            }
        });
    }

    private static String subject(String uri) {
        Matcher endpoint = ENDPOINT.matcher(uri);
        return endpoint.find() ? endpoint.group(1) : uri;
    }

    private static byte[] body(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        return body == null ? new byte[0] : body;
    }
}
