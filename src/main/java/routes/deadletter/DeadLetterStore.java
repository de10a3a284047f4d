package routes.deadletter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.Subject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.nats.NatsConnection;
import routes.nats.StoredMessages;
import routes.nats.UnreadableMessageException;

/** The stream DLQ, read and deleted from by sequence. */
@Component
class DeadLetterStore {

    static final String STREAM = "DLQ";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterStore.class);

    private final NatsConnection nats;
    private final StoredMessages stored;
    private final ObjectMapper json;
    private final DeadLetterParts parts;

    DeadLetterStore(NatsConnection nats, StoredMessages stored, ObjectMapper json, DeadLetterParts parts) {
        this.nats = nats;
        this.stored = stored;
        this.json = json;
        this.parts = parts;
    }

    Optional<DeadLetter> find(long seq) throws IOException, JetStreamApiException {
        try {
            return stored.find(STREAM, seq).filter(message -> !message.getSubject().startsWith(DeadLetterParts.SUBJECT))
                    .map(message -> DeadLetter.from(message, json));
        } catch (UnreadableMessageException e) {
            LOG.warn("Dead letter {} is left out: {}", seq, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * @param filter which letters
     * @param after  only those with a higher sequence
     * @param limit  how many at most
     * @return the letters, oldest first
     */
    List<DeadLetter> find(DeadLetterFilter filter, long after, int limit) throws IOException, JetStreamApiException {
        StreamInfo stream = nats.get().jetStreamManagement().getStreamInfo(STREAM);
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
        // the letter first: parts without their letter are forgotten with the stream, a letter without its parts is in the way
        boolean wasThere = stored.delete(STREAM, letter.seq());
        if (letter.isInParts()) {
            parts.delete(letter.data());
        }
        return wasThere;
    }

    /** @return how many letters there are of each original subject */
    Map<String, Long> countBySubject() throws IOException, JetStreamApiException {
        StreamInfo stream = nats.get().jetStreamManagement().getStreamInfo(STREAM, StreamInfoOptions.filterSubjects(DeadLetter.PREFIX + ">"));
        Map<String, Long> counts = new TreeMap<>();
        List<Subject> subjects = stream.getStreamState().getSubjects();
        if (subjects != null) {
            subjects.stream().filter(subject -> !subject.getName().startsWith(DeadLetterParts.SUBJECT))
                    .forEach(subject -> counts.put(subject.getName().substring(DeadLetter.PREFIX.length()), subject.getCount()));
        }
        return counts;
    }
}
