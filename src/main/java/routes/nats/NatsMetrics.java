package routes.nats;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.stereotype.Component;

/**
 * Messages in and out, by subject pattern: {@code nats_messages_published_total}, {@code nats_publish_failures_total},
 * {@code nats_messages_received_total}, {@code nats_message_processing_seconds}.
 */
@Component
public class NatsMetrics {

    private final SubjectPatterns patterns;
    private final Map<String, Counter> published = new ConcurrentHashMap<>();
    private final Map<String, Counter> failures = new ConcurrentHashMap<>();
    private final Map<String, Counter> received = new ConcurrentHashMap<>();
    private final Map<String, Timer> processing = new ConcurrentHashMap<>();
    private final Function<String, Counter> publishedMeter;
    private final Function<String, Counter> failureMeter;
    private final Function<String, Counter> receivedMeter;
    private final Function<String, Timer> processingMeter;

    public NatsMetrics(MeterRegistry meters, SubjectPatterns patterns, NatsMetricsProperties properties) {
        this.patterns = patterns;
        this.publishedMeter = subject -> Counter.builder("nats.messages.published").tag("subject", subject)
                .description("Messages sent, and for JetStream confirmed by a PubAck").register(meters);
        this.failureMeter = subject -> Counter.builder("nats.publish.failures").tag("subject", subject)
                .description("Publishes given up after their retries").register(meters);
        this.receivedMeter = subject -> Counter.builder("nats.messages.received").tag("subject", subject)
                .description("Messages received, redeliveries included").register(meters);
        this.processingMeter = subject -> Timer.builder("nats.message.processing").tag("subject", subject)
                .description("From the start of a message's exchange to its end").publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1)).maximumExpectedValue(Duration.ofSeconds(60)).register(meters);
        // a counter that first appears with its first failure is one that no alert rule can see rise
        for (String subject : properties.subjects()) {
            published.computeIfAbsent(subject, publishedMeter);
            failures.computeIfAbsent(subject, failureMeter);
        }
    }

    void published(String subject) {
        published.computeIfAbsent(patterns.of(subject), publishedMeter).increment();
    }

    void publishFailed(String subject) {
        failures.computeIfAbsent(patterns.of(subject), failureMeter).increment();
    }

    void received(String subject) {
        received.computeIfAbsent(patterns.of(subject), receivedMeter).increment();
    }

    void processed(String subject, long nanos) {
        processing.computeIfAbsent(patterns.of(subject), processingMeter).record(nanos, TimeUnit.NANOSECONDS);
    }
}
