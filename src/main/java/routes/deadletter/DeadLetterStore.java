package routes.deadletter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.Subject;
import org.springframework.stereotype.Component;
import routes.nats.NatsConnection;

/** The stream DLQ, read and deleted from by sequence. */
@Component
class DeadLetterStore {

    static final String STREAM = "DLQ";
    private static final String PREFIX = "dlq.";
    private static final int NO_MESSAGE = 10037;

    private final NatsConnection nats;
    private final ObjectMapper json;
    private final DeadLetterParts parts;

    DeadLetterStore(NatsConnection nats, ObjectMapper json, DeadLetterParts parts) {
        this.nats = nats;
        this.json = json;
        this.parts = parts;
    }

    Optional<DeadLetter> find(long seq) throws IOException, JetStreamApiException {
        try {
            MessageInfo message = nats.get().jetStreamManagement().getMessage(STREAM, seq);
            return message.getSubject().startsWith(DeadLetterParts.SUBJECT) ? Optional.empty()
                    : Optional.of(DeadLetter.from(message, json));
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_MESSAGE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * @param filter which letters
     * @param after  only those with a higher sequence
     * @param limit  how many at most
     * @return the letters, oldest first
     */
    List<DeadLetter> find(DeadLetterFilter filter, long after, int limit) throws IOException, JetStreamApiException {
        Connection connection = nats.get();
        JetStreamManagement management = connection.jetStreamManagement();
        StreamInfo stream = management.getStreamInfo(STREAM);
        List<DeadLetter> found = new ArrayList<>();
        long seq = Math.max(after + 1, stream.getStreamState().getFirstSequence());
        for (; seq <= stream.getStreamState().getLastSequence() && found.size() < limit; seq++) {
            find(seq).filter(filter::matches).ifPresent(found::add);
        }
        return found;
    }

    /** @return the original message of a letter */
    byte[] original(DeadLetter letter) throws IOException, JetStreamApiException {
        return letter.isInParts() ? parts.join(letter.data()) : letter.original(json);
    }

    /** @return whether the letter was still there */
    boolean delete(DeadLetter letter) throws IOException, JetStreamApiException {
        if (letter.isInParts()) {
            parts.delete(letter.data());
        }
        return delete(letter.seq());
    }

    private boolean delete(long seq) throws IOException, JetStreamApiException {
        try {
            return nats.get().jetStreamManagement().deleteMessage(STREAM, seq, false);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_MESSAGE || e.getErrorCode() == 404) {
                return false;
            }
            throw e;
        }
    }

    /** @return how many letters there are of each original subject */
    Map<String, Long> countBySubject() throws IOException, JetStreamApiException {
        StreamInfo stream = nats.get().jetStreamManagement().getStreamInfo(STREAM, StreamInfoOptions.filterSubjects(PREFIX + ">"));
        Map<String, Long> counts = new TreeMap<>();
        List<Subject> subjects = stream.getStreamState().getSubjects();
        if (subjects != null) {
            subjects.stream().filter(subject -> !subject.getName().startsWith(DeadLetterParts.SUBJECT)).forEach(subject -> counts.put(subject.getName().substring(PREFIX.length()), subject.getCount()));
        }
        return counts;
    }
}
