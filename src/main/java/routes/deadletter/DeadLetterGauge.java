package routes.deadletter;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.nats.client.JetStreamApiException;
import org.springframework.stereotype.Component;
import routes.nats.NatsUnavailableException;
import routes.nats.SubjectPatterns;

/** Gauge {@code ekko_dead_letters{subject}}, filled by the route {@code dead-letter-gauge}. */
@Component("deadLetterGauge")
public class DeadLetterGauge {

    private final DeadLetterStore store;
    private final SubjectPatterns patterns;
    private final MeterRegistry meters;
    private final Map<String, AtomicLong> values = new ConcurrentHashMap<>();

    DeadLetterGauge(DeadLetterStore store, SubjectPatterns patterns, MeterRegistry meters) {
        this.store = store;
        this.patterns = patterns;
        this.meters = meters;
    }

    public void update() throws IOException, JetStreamApiException {
        try {
            Map<String, Long> counts = store.countBySubject();
            values.values().forEach(value -> value.set(0));
            counts.forEach((subject, count) -> values.computeIfAbsent(patterns.of(subject), this::gauge).addAndGet(count));
        } catch (NatsUnavailableException e) {
            // the connection's own metric says so
        }
    }

    private AtomicLong gauge(String subject) {
        return meters.gauge("ekko.dead.letters", Tags.of("subject", subject), new AtomicLong());
    }
}
