package routes.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.ConnectionListener.Events;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.test.annotation.DirtiesContext;
import routes.alerts.Ekko;
import routes.alerts.EkkoTest;
import routes.nats.NatsEvents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The board, the alert rules and the autoscalers ask for nothing that the application does not tell. */
@EkkoTest
@AutoConfigureObservability
// it leaves a route stopped behind
@DirtiesContext
@Timeout(120)
class MonitoringTest {

    private static final String BOARD = "deploy/grafana/dashboards/ekko.json";
    /** Labels that Prometheus adds itself. */
    private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("instance", "job", "namespace");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final Pattern DOCUMENTED_LABEL = Pattern.compile("(\\w+)(?:=\"([^\"]*)\")?");

    @Autowired
    private Ekko ekko;
    @Autowired
    private NatsEvents events;
    @Autowired
    private CamelContext camel;

    @Test
    void everySeriesThatIsAskedForIsThere() throws Exception {
        oneOfEverythingHappens();
        List<Selector> selectors = Stream.of(boardExpressions(), ruleExpressions(), autoscalerSeries()).flatMap(List::stream)
                .flatMap(expression -> Selector.in(expression).stream()).map(selector -> selector.without(LABELS_OF_PROMETHEUS))
                // made by Prometheus for each target
                .filter(selector -> !selector.metric().equals("up")).distinct().toList();
        assertThat(selectors).hasSizeGreaterThan(30);
        // the gauge of dead letters looks every 10 s
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Map<String, List<Map<String, String>>> series = scrape();
            assertThat(selectors).allSatisfy(selector -> assertThat(series.getOrDefault(selector.metric(), List.of()))
                    .as("series of " + selector).anyMatch(labels -> selector.matches(selector.metric(), labels)));
        });
    }

    /** {@code name{label,label="value"}}, as documents write it. */
    @Test
    void everyMetricThatTheDocumentsNameIsThere() throws Exception {
        oneOfEverythingHappens();
        List<String> metrics = Documented.metrics();
        assertThat(metrics).hasSizeGreaterThan(15);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Map<String, List<Map<String, String>>> series = scrape();
            assertThat(metrics).allSatisfy(metric -> assertThat(series.entrySet()).as(metric).anySatisfy(found -> {
                // a histogram by the name of the whole
                assertThat(found.getKey()).matches(Pattern.quote(metric.replaceFirst("\\{.*", "")) + "(_bucket|_count|_sum)?");
                assertThat(found.getValue()).anySatisfy(labels -> DOCUMENTED_LABEL.matcher(metric.replaceFirst("^[^{]*", "")).results().forEach(label ->
                        assertThat(labels).containsKey(label.group(1)).matches(of -> label.group(2) == null || label.group(2).equals(of.get(label.group(1))))));
            }));
        });
    }

    /** Some series begin with what they count. */
    private void oneOfEverythingHappens() throws Exception {
        UUID id = ekko.create("Alert me when my AVAX balance goes above 10");
        await().until(() -> ekko.status(id), "active"::equals);
        ekko.client().publish("alerts.created", "no JSON".getBytes());
        events.errorOccurred(ekko.client(), "Permissions Violation for Publish to \"alerts.created\"");
        assertThat(ekko.with(null).get("/alerts").status()).isEqualTo(401);
        for (Events event : List.of(Events.CONNECTED, Events.DISCONNECTED, Events.CONNECTED)) {
            events.connectionEvent(ekko.client(), event);
        }
        camel.getRouteController().stopRoute("answer-template-request");
        assertThat(ekko.send("POST", "/templates/match", "{\"nl_description\":\"tell me if BTC goes over 120k\"}").status())
                .isGreaterThanOrEqualTo(500);
    }

    private static List<String> boardExpressions() {
        JsonNode board = DeployFiles.yaml(BOARD);
        List<String> expressions = new ArrayList<>(board.findValuesAsText("expr"));
        JsonNode query = board.at("/templating/list/1/query/query");
        expressions.add(query.asText().replaceFirst("label_values\\((.*), *\\w+\\)", "$1"));
        return expressions.stream().map(expression -> expression.replace("[$__rate_interval]", "[1m]").replace("$instance", ".*")).toList();
    }

    private static List<String> ruleExpressions() {
        return DeployFiles.yaml("deploy/prometheus/alerts.yml").findValuesAsText("expr");
    }

    private static List<String> autoscalerSeries() {
        return DeployFiles.yaml("deploy/k8s/monitoring/prometheus-adapter-values.yaml").findValuesAsText("seriesQuery");
    }

    private Map<String, List<Map<String, String>>> scrape() {
        Map<String, List<Map<String, String>>> series = new LinkedHashMap<>();
        ekko.get("/actuator/prometheus").response().body().lines().map(SAMPLE::matcher).filter(sample -> sample.lookingAt()).forEach(sample -> {
            Map<String, String> labels = new LinkedHashMap<>();
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
            }
            series.computeIfAbsent(sample.group(1), name -> new ArrayList<>()).add(labels);
        });
        return series;
    }
}
