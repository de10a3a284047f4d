package routes.yaml;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.api.PublishAck;
import io.nats.client.support.NatsJetStreamConstants;

/**
 * A plain NATS client beside the application: it publishes, and it hears everything that is said on the server, the
 * acknowledgements of consumers too. So a test sees what any other client would, and the application needs no hook for it.
 */
final class Wire implements AutoCloseable {

    private final Connection connection;
    private final List<Heard> heard = new ArrayList<>();
    private final List<Message> deliveries = new ArrayList<>();
    private final List<Acknowledgement> acknowledgements = new ArrayList<>();
    private long order;

    /** @param order place among everything heard */
    record Heard(long order, Message message) {
    }

    Wire(String url) throws IOException, InterruptedException {
        connection = Nats.connect(url);
        connection.createDispatcher(this::hear).subscribe(">");
    }

    private synchronized void hear(Message message) {
        String subject = message.getSubject();
        if (subject.startsWith(Acknowledgement.PREFIX)) {
            acknowledgements.add(Acknowledgement.of(message, ++order));
        } else if (isDelivery(message)) {
            deliveries.add(message);
        } else if (!subject.startsWith("_INBOX.") && !subject.startsWith("$JS.API.")) {
            heard.add(new Heard(++order, message));
        }
    }

    /** What a stream sends to a consumer goes over the wire too, under the subject it was published on. */
    private static boolean isDelivery(Message message) {
        return message.getReplyTo() != null && message.getReplyTo().startsWith(Acknowledgement.PREFIX);
    }

    Published store(Message message) throws IOException, JetStreamApiException {
        PublishAck ack = connection.jetStream().publish(message);
        return new Published(message.getSubject(), ack.getStream(), ack.getSeqno(), message.getData());
    }

    void publish(Message message) {
        connection.publish(message);
    }

    /** @return the reply, null where none has come in time */
    Message request(Message message, Duration patience) throws InterruptedException {
        return connection.request(message, patience);
    }

    /** Takes the first message of that kind, so that the next call finds the next one. */
    synchronized Optional<Heard> take(Predicate<Message> wanted) {
        Optional<Heard> found = find(wanted);
        found.ifPresent(heard::remove);
        return found;
    }

    synchronized Optional<Heard> find(Predicate<Message> wanted) {
        return heard.stream().filter(each -> wanted.test(each.message())).findFirst();
    }

    /** Subjects of what was heard of that kind and not taken, in order. */
    synchronized List<String> subjects(Predicate<Message> wanted) {
        return heard.stream().map(Heard::message).filter(wanted).map(Message::getSubject).toList();
    }

    /** The message of that id, whoever has published it, as soon as the consumer has been sent it. */
    synchronized Optional<Published> delivered(String messageId, String consumer) {
        return deliveries.stream()
                .filter(message -> message.metaData().getConsumer().equals(consumer))
                .filter(message -> message.hasHeaders() && messageId.equals(message.getHeaders().getFirst(NatsJetStreamConstants.MSG_ID_HDR))).findFirst()
                .map(message -> new Published(message.getSubject(), message.metaData().getStream(), message.metaData().streamSequence(), message.getData()));
    }

    /** How a consumer has settled the deliveries of a message so far. */
    synchronized List<Acknowledgement> settlements(Published message, String consumer) {
        return acknowledgements.stream()
                .filter(ack -> ack.settles() && ack.consumer().equals(consumer))
                .filter(ack -> ack.stream().equals(message.stream()) && ack.streamSequence() == message.sequence()).toList();
    }

    @Override
    public void close() throws InterruptedException {
        connection.close();
    }
}
