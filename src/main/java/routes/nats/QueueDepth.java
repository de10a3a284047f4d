package routes.nats;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Asks the server now and then how full streams and durable consumers are: {@code jetstream_stream_messages{stream}},
 * {@code jetstream_consumer_num_pending|num_ack_pending|num_redelivered{stream,consumer}}. The values are as old as the
 * interval, so that a scrape never waits for the broker.
 */
@Component
public class QueueDepth implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(QueueDepth.class);

    private final NatsConnection connection;
    private final StreamTopology topology;
    private final NatsMetricsProperties properties;
    private final MeterRegistry meters;
    private final Map<Meter.Id, AtomicLong> values = new HashMap<>();
    private final Map<String, Double> fill = new ConcurrentHashMap<>();
    private final Set<Meter.Id> seen = new HashSet<>();
    private ScheduledExecutorService clock;

    public QueueDepth(NatsConnection connection, StreamTopology topology, NatsMetricsProperties properties, MeterRegistry meters) {
        this.connection = connection;
        this.topology = topology;
        this.properties = properties;
        this.meters = meters;
    }

    @Override
    public void start() {
        if (properties.queueDepth().isZero()) {
            return;
        }
        clock = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "nats-queue-depth"));
        clock.scheduleWithFixedDelay(this::ask, 0, properties.queueDepth().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ask() {
        Connection current = connection.ifConnected().orElse(null);
        if (current == null) {
            return;
        }
        seen.clear();
        boolean complete = true;
        for (String stream : topology.streamNames()) {
            complete &= ask(current, stream);
        }
        if (complete) {
            forgetTheRest();
        }
    }

    private boolean ask(Connection current, String stream) {
        try {
            JetStreamManagement management = current.jetStreamManagement();
            StreamInfo info = management.getStreamInfo(stream);
            set("jetstream.stream.messages", Tags.of("stream", stream), info.getStreamState().getMsgCount());
            long limit = info.getConfiguration().getMaxMsgs();
            fill.put(stream, limit > 0 ? (double) info.getStreamState().getMsgCount() / limit : 0);
            consumers(management.getConsumers(stream));
            return true;
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            LOG.debug("Depth of {} is not known: {}", stream, e.getMessage());
            return e instanceof JetStreamApiException api && api.getErrorCode() == 404;
        }
    }

    /** The last value of what is gone would keep an alarm ringing. */
    private void forgetTheRest() {
        values.keySet().stream().filter(id -> !seen.contains(id)).forEach(meters::remove);
        values.keySet().retainAll(seen);
    }

    /**
     * @param subject a subject
     * @return how full the stream of this subject was when last asked, 0 to 1; 0 where it has no limit or is not known
     */
    public double fill(String subject) {
        return topology.streamOf(subject).map(stream -> fill.getOrDefault(stream, 0.0)).orElse(0.0);
    }

    private void consumers(List<ConsumerInfo> consumers) {
        for (ConsumerInfo info : consumers) {
            if (info.getConsumerConfiguration().getDurable() == null) {
                // ephemeral consumers come and go under random names
                continue;
            }
            Tags tags = Tags.of("stream", info.getStreamName(), "consumer", info.getName());
            set("jetstream.consumer.num.pending", tags, info.getNumPending());
            set("jetstream.consumer.num.ack.pending", tags, info.getNumAckPending());
            set("jetstream.consumer.num.redelivered", tags, info.getRedelivered());
        }
    }

    private void set(String name, Tags tags, long value) {
        Meter.Id id = new Meter.Id(name, tags, null, null, Meter.Type.GAUGE);
        seen.add(id);
        values.computeIfAbsent(id, key -> meters.gauge(name, tags, new AtomicLong())).set(value);
    }

    @Override
    public void stop() {
        if (clock != null) {
            clock.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return clock != null && !clock.isShutdown();
    }
}
