package routes.nats;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the streams of the configuration on the server: what is missing is created, what has drifted is updated, and
 * nothing is ever deleted or purged. A change that JetStream refuses (retention, storage, too many replicas) is an
 * error that names stream and setting.
 *
 * @see <a href="https://docs.nats.io/nats-concepts/jetstream/streams">JetStream streams</a>
 */
@Component
public class StreamTopology implements NatsConnectedListener {

    private static final Logger LOG = LoggerFactory.getLogger(StreamTopology.class);
    private static final int NOT_FOUND = 404;
    /** From here to {@link #CLUSTER_NOT_LEADER}: errors of a cluster that cannot answer at this moment. */
    private static final int CLUSTER_INCOMPLETE = 10004;
    private static final int CLUSTER_NOT_LEADER = 10009;

    private final NatsProperties properties;
    private volatile String problem;

    public StreamTopology(NatsProperties properties) {
        this.properties = properties;
    }

    /** @return what is wrong with the streams, or null when all is as configured. */
    public String problem() {
        return problem;
    }

    /** @return the names of the streams that the application keeps. */
    public Set<String> streamNames() {
        return properties.streams().keySet();
    }

    /** @return the stream of the configuration that captures a subject */
    public Optional<String> streamOf(String subject) {
        return properties.streams().entrySet().stream()
                .filter(stream -> stream.getValue().subjects().stream().anyMatch(pattern -> SubjectPatterns.matches(pattern, subject)))
                .map(Map.Entry::getKey).findFirst();
    }

    @Override
    public void connected(Connection connection) throws IOException {
        if (properties.provision() == Provision.FALSE) {
            return;
        }
        try {
            JetStreamManagement management = connection.jetStreamManagement(
                    JetStreamOptions.builder().requestTimeout(properties.jetstreamTimeout()).build());
            for (Map.Entry<String, NatsProperties.Stream> stream : properties.streams().entrySet()) {
                keep(management, wanted(stream.getKey(), stream.getValue()));
            }
            problem = null;
        } catch (JetStreamApiException e) {
            throw refused(new TopologyException("JetStream refused the streams of ekko.nats.streams: " + e.getMessage(), e));
        } catch (TopologyException e) {
            throw refused(e);
        } catch (IOException e) {
            problem = e.getMessage();
            throw e;
        }
    }

    /** @return the refusal, for the caller to throw; thrown as one to come back after where the cluster only elects or is not complete yet */
    private TopologyException refused(TopologyException refusal) throws IOException {
        problem = refusal.getMessage();
        if (refusal.getCause() instanceof JetStreamApiException api
                && api.getApiErrorCode() >= CLUSTER_INCOMPLETE && api.getApiErrorCode() <= CLUSTER_NOT_LEADER) {
            throw new IOException(refusal.getMessage(), refusal);
        }
        return refusal;
    }

    private void keep(JetStreamManagement management, StreamConfiguration wanted) throws IOException, JetStreamApiException {
        StreamInfo info = find(management, wanted.getName());
        if (info == null) {
            create(management, wanted);
            return;
        }
        StreamConfiguration found = info.getConfiguration();
        wanted = withoutLoss(info, wanted);
        List<String> drift = drift(found, wanted);
        if (drift.isEmpty()) {
            return;
        }
        // a lone server (2.9) takes the change and then cannot restore the stream at its next start
        if (wanted.getReplicas() > 1 && info.getClusterInfo() == null) {
            throw new TopologyException("Stream %s cannot be changed (%s): the server is not part of a cluster".formatted(
                    wanted.getName(), String.join(", ", drift)), null);
        }
        try {
            // built from what is there, so that settings made by hand (placement, description, …) stay
            management.updateStream(StreamConfiguration.builder(found)
                    .subjects(wanted.getSubjects())
                    .retentionPolicy(wanted.getRetentionPolicy())
                    .storageType(wanted.getStorageType())
                    .discardPolicy(wanted.getDiscardPolicy())
                    .maxMessages(wanted.getMaxMsgs())
                    .maxAge(wanted.getMaxAge())
                    .duplicateWindow(wanted.getDuplicateWindow())
                    .replicas(wanted.getReplicas())
                    .build());
            LOG.info("Stream {} updated: {}", wanted.getName(), drift);
        } catch (JetStreamApiException e) {
            throw new TopologyException("Stream %s cannot be changed (%s): %s".formatted(
                    wanted.getName(), String.join(", ", drift), e.getMessage()), e);
        }
    }

    private void create(JetStreamManagement management, StreamConfiguration wanted) throws IOException {
        try {
            management.addStream(wanted);
            LOG.info("Stream {} created for {}", wanted.getName(), wanted.getSubjects());
        } catch (JetStreamApiException e) {
            throw new TopologyException("Stream %s (subjects %s, replicas %d) cannot be created: %s".formatted(
                    wanted.getName(), wanted.getSubjects(), wanted.getReplicas(), e.getMessage()), e);
        }
    }

    /** A limit below what the stream holds would delete messages at once: then the wider one stays. */
    private static StreamConfiguration withoutLoss(StreamInfo info, StreamConfiguration wanted) {
        StreamConfiguration found = info.getConfiguration();
        StreamState state = info.getStreamState();
        StreamConfiguration.Builder safe = StreamConfiguration.builder(wanted);
        if (wanted.getMaxMsgs() > 0 && state.getMsgCount() > wanted.getMaxMsgs()) {
            LOG.warn("Stream {} holds {} messages: max-msgs stays {}, because {} would delete some",
                    wanted.getName(), state.getMsgCount(), found.getMaxMsgs(), wanted.getMaxMsgs());
            safe.maxMessages(found.getMaxMsgs());
        }
        boolean tooOld = !wanted.getMaxAge().isZero() && state.getMsgCount() > 0
                && state.getFirstTime().toInstant().isBefore(Instant.now().minus(wanted.getMaxAge()));
        if (tooOld && (found.getMaxAge().isZero() || found.getMaxAge().compareTo(wanted.getMaxAge()) > 0)) {
            LOG.warn("Stream {} holds messages since {}: max-age stays {}, because {} would delete some",
                    wanted.getName(), state.getFirstTime(), found.getMaxAge(), wanted.getMaxAge());
            safe.maxAge(found.getMaxAge()).duplicateWindow(found.getDuplicateWindow());
        }
        return safe.build();
    }

    private static StreamInfo find(JetStreamManagement management, String name) throws IOException, JetStreamApiException {
        try {
            return management.getStreamInfo(name);
        } catch (JetStreamApiException e) {
            if (e.getErrorCode() == NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private StreamConfiguration wanted(String name, NatsProperties.Stream stream) {
        Duration maxAge = Objects.requireNonNullElse(stream.maxAge(), Duration.ZERO);
        // JetStream refuses a duplicate window longer than the age limit
        Duration window = !maxAge.isZero() && maxAge.compareTo(properties.duplicateWindow()) < 0 ? maxAge : properties.duplicateWindow();
        return StreamConfiguration.builder()
                .name(name)
                .subjects(stream.subjects())
                .retentionPolicy(stream.retention())
                .discardPolicy(stream.discard())
                .maxMessages(stream.maxMsgs())
                .maxAge(maxAge)
                .storageType(StorageType.File)
                .replicas(properties.replicas())
                .duplicateWindow(window)
                .build();
    }

    private static List<String> drift(StreamConfiguration found, StreamConfiguration wanted) {
        List<String> drift = new ArrayList<>();
        compare(drift, "subjects", Set.copyOf(found.getSubjects()), Set.copyOf(wanted.getSubjects()));
        compare(drift, "retention", found.getRetentionPolicy(), wanted.getRetentionPolicy());
        compare(drift, "discard", found.getDiscardPolicy(), wanted.getDiscardPolicy());
        compare(drift, "max-msgs", found.getMaxMsgs(), wanted.getMaxMsgs());
        compare(drift, "max-age", found.getMaxAge(), wanted.getMaxAge());
        compare(drift, "duplicate-window", found.getDuplicateWindow(), wanted.getDuplicateWindow());
        compare(drift, "replicas", found.getReplicas(), wanted.getReplicas());
        compare(drift, "storage", found.getStorageType(), wanted.getStorageType());
        return drift;
    }

    private static void compare(List<String> drift, String setting, Object found, Object wanted) {
        if (!Objects.equals(found, wanted)) {
            drift.add("%s %s -> %s".formatted(setting, found, wanted));
        }
    }
}
