package routes.nats;

import java.io.IOException;
import java.util.Optional;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import org.springframework.stereotype.Component;

/**
 * Messages as their streams hold them, read and deleted without a consumer. What is not there is no error; what is there and
 * cannot be read is an {@link UnreadableMessageException}.
 */
@Component
public class StoredMessages {

    /** There is no such message (10037), or no such stream any more (10059). */
    private static final int NOT_FOUND = 404;

    private final NatsConnection nats;

    StoredMessages(NatsConnection nats) {
        this.nats = nats;
    }

    /** @return the message of a sequence */
    public Optional<MessageInfo> find(String stream, long seq) throws IOException, JetStreamApiException {
        return ifThere(stream, () -> nats.get().jetStreamManagement().getMessage(stream, seq));
    }

    /** @return the newest message of a subject */
    public Optional<MessageInfo> last(String stream, String subject) throws IOException, JetStreamApiException {
        return ifThere(stream, () -> nats.get().jetStreamManagement().getLastMessage(stream, subject));
    }

    /** @return the first message of a subject from a sequence on */
    public Optional<MessageInfo> next(String stream, long seq, String subject) throws IOException, JetStreamApiException {
        return ifThere(stream, () -> nats.get().jetStreamManagement().getNextMessage(stream, seq, subject));
    }

    /** @return whether it was still there; its bytes are not overwritten */
    public boolean delete(String stream, long seq) throws IOException, JetStreamApiException {
        return ifThere(stream, () -> nats.get().jetStreamManagement().deleteMessage(stream, seq, false)).orElse(false);
    }

    private static <T> Optional<T> ifThere(String stream, Call<T> call) throws IOException, JetStreamApiException {
        try {
            return Optional.of(call.answer());
        } catch (JetStreamApiException e) {
            if (e.getErrorCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        } catch (IllegalArgumentException e) {
            throw new UnreadableMessageException(stream, e);
        }
    }

    private interface Call<T> {
        T answer() throws IOException, JetStreamApiException;
    }
}
