package routes.resilience;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.nats.client.api.ConsumerInfo;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import routes.alerts.Ekko;
import routes.alerts.EkkoTest;
import routes.deadletter.PendingAlerts;
import routes.deadletter.PendingAlerts.Pending;
import routes.nats.PausableConsumer;
import routes.nlp.AlertInterpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;

/** The language service fails: its breaker opens, the consumer rests, and no message pays for it. */
@EkkoTest
@AutoConfigureObservability
@TestPropertySource(properties = {"ekko.breakers.sentence.open-for=4s", "ekko.nlp.known-sentences=0", "ekko.nats.metrics.queue-depth=200ms", "ekko.retry.nak-delay=200", "ekko.retry.max-nak-delay=400"})
@Timeout(60)
class BreakerPauseTest {

    private static final String SENTENCE = "Alert me when my AVAX balance goes above 10";
    /** More than a consumer may have in its hand. */
    private static final int FURTHER = 80;

    @Autowired
    private Ekko ekko;
    @Autowired
    private CamelContext camel;
    @Autowired
    private JdbcTemplate database;
    @MockitoSpyBean
    private AlertInterpreter interpreter;
    private final AtomicBoolean failing = new AtomicBoolean();

    @BeforeEach
    void interpreterCanFail() {
        doAnswer(call -> {
            if (failing.get()) {
                throw new IllegalStateException("the language service is down");
            }
            return call.callRealMethod();
        }).when(interpreter).interpret(anyString());
    }

    @AfterEach
    void closed() throws Exception {
        failing.set(false);
        await().atMost(Duration.ofSeconds(15)).until(() -> state().equals("closed") || consumer().getNumPending() + consumer().getNumAckPending() == 0);
        ekko.client().jetStreamManagement().purgeStream("DLQ");
    }

    @Test
    void fiveFailuresOpenTheBreakerAndTheConsumerPausesUntilItIsClosedAgain() throws Exception {
        List<Pending> waiting = new PendingAlerts(database, "local").create(FURTHER);
        long before = consumer().getDelivered().getConsumerSequence();
        failing.set(true);
        List<UUID> first = Stream.generate(() -> ekko.create(SENTENCE)).limit(5).toList();
        await().until(() -> paused("process-created-alert"));
        assertThat(paused("process-changed-sentence")).isTrue();
        assertThat(state()).isEqualTo("open");
        assertThat(metric("resilience4j_circuitbreaker_state{name=\"sentence\",state=\"open\"}")).isEqualTo(1);
        assertThat(ekko.get("/actuator/health").body().at("/status").asText()).isEqualTo("UP");
        failing.set(false);

        for (Pending each : waiting) {
            ekko.client().jetStream().publishAsync("alerts.created", each.message());
        }
        await().atMost(Duration.ofSeconds(3)).until(() -> metric("jetstream_consumer_num_pending{consumer=\"nlp-alert-created\",stream=\"ALERTS\"}") >= FURTHER - 50);
        long delivered = consumer().getDelivered().getConsumerSequence();
        assertThat(paused("process-created-alert")).isTrue();
        await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(1)).until(() -> consumer().getDelivered().getConsumerSequence() == delivered);

        await().atMost(Duration.ofSeconds(20)).until(() -> Stream.concat(first.stream(), waiting.stream().map(Pending::id)).allMatch(id -> ekko.status(id).equals("active")));
        assertThat(paused("process-created-alert")).isFalse();
        assertThat(state()).isEqualTo("closed");
        assertThat(deadLetters()).isZero();
        await().until(() -> consumer().getNumAckPending() == 0);
        long deliveries = consumer().getDelivered().getConsumerSequence() - before;
        assertThat(deliveries - first.size() - FURTHER).as("deliveries paid for nothing but the failures that opened the breaker").isBetween(0L, 5L);
    }

    /** The failures that open the breaker are the service's, also when one message has met with all of them. */
    @Test
    void aLoneAlertIsNotGivenUpForTheFailuresThatOpenTheBreaker() throws Exception {
        failing.set(true);
        UUID id = ekko.create(SENTENCE);
        await().atMost(Duration.ofSeconds(10)).until(() -> state().equals("open"));
        failing.set(false);
        await().atMost(Duration.ofSeconds(10)).until(() -> deadLetters() > 0 || ekko.status(id).equals("active"));
        assertThat(deadLetters()).isZero();
        assertThat(ekko.status(id)).isEqualTo("active");
    }

    private boolean paused(String route) {
        return ((PausableConsumer) camel.getRoute(route).getConsumer()).isFetchingPaused();
    }

    private String state() {
        return ekko.get("/actuator/health").body().at("/components/breakers/details/sentence").asText();
    }

    private ConsumerInfo consumer() throws Exception {
        return ekko.client().jetStreamManagement().getConsumerInfo("ALERTS", "nlp-alert-created");
    }

    private long deadLetters() throws Exception {
        return ekko.client().jetStreamManagement().getStreamInfo("DLQ").getStreamState().getMsgCount();
    }

    private double metric(String nameAndLabels) {
        return ekko.get("/actuator/prometheus").response().body().lines()
                .filter(line -> line.startsWith(nameAndLabels.substring(0, nameAndLabels.indexOf('{'))))
                .filter(line -> Stream.of(nameAndLabels.substring(nameAndLabels.indexOf('{') + 1, nameAndLabels.length() - 1).split(",")).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }
}
