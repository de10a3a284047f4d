package routes.alerts;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.nats.client.Message;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One trace an alert: from the request through outbox, NATS and consumers to the last update. */
@EkkoTest
@Import(TraceTest.Spans.class)
@AutoConfigureObservability
@TestPropertySource(properties = {"EKKO_TRACING=true", "management.otlp.tracing.export.enabled=false"})
class TraceTest {

    private static final String SENTENCE = "Alert me when my AVAX balance goes above 10";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Autowired
    private Ekko ekko;
    @Autowired
    private InMemorySpanExporter exporter;
    @Autowired
    private SdkTracerProvider provider;

    @TestConfiguration(proxyBeanMethods = false)
    static class Spans {

        @Bean
        InMemorySpanExporter exporter() {
            return InMemorySpanExporter.create();
        }
    }

    @Test
    void oneTraceGoesFromTheRequestOfAClientToTheLastUpdate() {
        UUID id = created("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
        assertThat(tracesOfMessages(id)).containsExactly(TRACE);
        List<SpanData> spans = spansOf(TRACE);
        assertThat(spans).extracting(SpanData::getName).as("request, routes, statements, messages")
                .contains("http post /alerts", "alerts.created", "jobs.alert.completed").anyMatch(name -> name.contains("sql"));
        assertThat(spans).as("a tree with one root").allSatisfy(span -> assertThat(parents(spans)).contains(span.getParentSpanId()));
    }

    @Test
    void soItDoesWhenTheClientTracesNothing() {
        UUID id = created();
        Set<String> traces = tracesOfMessages(id);
        assertThat(traces).hasSize(1);
        List<SpanData> spans = spansOf(traces.iterator().next());
        assertThat(spans).filteredOn(span -> !span.getParentSpanContext().isValid()).extracting(SpanData::getName).containsExactly("http post /alerts");
    }

    private UUID created(String... headers) {
        exporter.reset();
        UUID id = UUID.fromString(ekko.post("/alerts/", ekko.alert("An alert", SENTENCE), headers).body().get("id").asText());
        await().until(() -> ekko.heard("alerts.updated", id).size() == 1);
        return id;
    }

    private Set<String> tracesOfMessages(UUID id) {
        List<Message> messages = List.of(ekko.heard("alerts.created", id).get(0), ekko.heard("jobs.alert.completed", id).get(0),
                ekko.heard("alerts.updated", id).get(0), ekko.heard("alerts.template.matched", id).get(0));
        return messages.stream().map(message -> message.getHeaders().getFirst("traceparent").split("-")[1]).collect(Collectors.toSet());
    }

    private List<SpanData> spansOf(String trace) {
        return await().until(() -> {
            provider.forceFlush();
            return exporter.getFinishedSpanItems().stream().filter(span -> span.getTraceId().equals(trace)).toList();
        }, spans -> spans.stream().anyMatch(span -> span.getName().equals("jobs.alert.completed")) && spans.stream().anyMatch(span -> span.getName().startsWith("http")));
    }

    private static Set<String> parents(List<SpanData> spans) {
        Set<String> ids = spans.stream().map(SpanData::getSpanId).collect(Collectors.toSet());
        ids.add("00f067aa0ba902b7");
        return ids;
    }
}
