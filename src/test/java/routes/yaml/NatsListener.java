package routes.yaml;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.nats.client.impl.Headers;
import org.awaitility.core.ConditionTimeoutException;
import org.citrusframework.context.TestContext;
import org.citrusframework.endpoint.EndpointConfiguration;
import org.citrusframework.exceptions.MessageTimeoutException;
import org.citrusframework.message.DefaultMessage;
import org.citrusframework.message.Message;
import org.citrusframework.message.MessageSelector;
import org.citrusframework.message.selector.DelegatingMessageSelector;
import org.citrusframework.messaging.AbstractSelectiveMessageConsumer;
import routes.nats.NatsHeaders;

/** Takes what the {@link Wire} has heard, in order, each message once. */
class NatsListener extends AbstractSelectiveMessageConsumer {

    /** Under this name the reply of a {@code request} can be received. */
    static final String REPLY = "reply";
    static final String SUBJECT_HEADER = "Subject";

    private final String subject;
    private final Predicate<String> ofSubject;

    NatsListener(String subject, EndpointConfiguration settings) {
        super("nats:" + subject, settings);
        this.subject = subject;
        this.ofSubject = Pattern.compile(subject.replace("$", "\\$").replace(".", "\\.").replace("*", "[^.]+").replace(">", ".+")).asMatchPredicate();
    }

    @Override
    public Message receive(String selector, TestContext context, long timeout) {
        if (subject.equals(REPLY)) {
            return context.getVariable(Request.REPLY_VARIABLE, Message.class);
        }
        Wire wire = context.getReferenceResolver().resolve(Wire.class);
        Predicate<io.nats.client.Message> mine = message -> correlation(message).equals(context.getVariable(RouteTests.CORRELATION));
        MessageSelector selected = selector == null || selector.isBlank() ? any -> true : new DelegatingMessageSelector(selector, context);
        Predicate<io.nats.client.Message> wanted = mine.and(message -> ofSubject.test(message.getSubject()) && selected.accept(read(message)));
        try {
            return RouteAction.awaiting(Duration.ofMillis(timeout)).until(() -> wire.take(wanted), Optional::isPresent)
                    .map(heard -> read(heard.message())).orElseThrow();
        } catch (ConditionTimeoutException e) {
            throw new NothingHeardException(subject, timeout, wire.subjects(mine).toString());
        }
    }

    private static String correlation(io.nats.client.Message message) {
        String header = message.getHeaders() == null ? null : message.getHeaders().getFirst(NatsHeaders.CORRELATION_ID);
        return header == null ? "" : header;
    }

    static Message read(io.nats.client.Message message) {
        DefaultMessage read = new DefaultMessage(new String(message.getData(), StandardCharsets.UTF_8));
        read.setHeader(SUBJECT_HEADER, message.getSubject());
        Headers headers = message.getHeaders();
        if (headers != null) {
            headers.keySet().forEach(name -> read.setHeader(name, headers.getFirst(name)));
        }
        return read;
    }

    /** Says also what this test might have meant. */
    private static final class NothingHeardException extends MessageTimeoutException {

        private final String message;

        NothingHeardException(String subject, long timeout, String instead) {
            super(timeout, "nats:" + subject);
            message = "expected a message on %s within %d ms, got none; of this test there were, and are not received yet: %s".formatted(subject, timeout, instead);
        }

        @Override
        public String getMessage() {
            return message;
        }
    }
}
