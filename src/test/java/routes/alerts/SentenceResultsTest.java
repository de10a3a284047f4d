package routes.alerts;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import routes.nlp.AlertInterpreter;

import static org.assertj.core.api.Assertions.assertThat;

/** A sentence that comes again is not worked out again, and each alert still gets a message of its own. */
class SentenceResultsTest {

    private static final String SENTENCE = "Alert me when my AVAX balance goes above 10";

    private final ObjectMapper json = new ObjectMapper();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AlertInterpreter interpreter = interpreter();

    @Test
    void aSentenceIsWorkedOutOnce() {
        SentenceResults results = new SentenceResults(interpreter, json, 10, meters);
        ObjectNode first = results.of(SENTENCE);
        assertThat(results.of(SENTENCE)).isSameAs(first);
        assertThat(first.at("/status").asText()).isEqualTo("active");
        assertThat(results.of("Alert me when my AVAX balance goes above 11").at("/spec/condition")).isNotEqualTo(first.at("/spec/condition"));
        assertThat(meters.get("cache.gets").tags("cache", "sentences", "result", "hit").functionCounter().count()).isEqualTo(1);
        assertThat(meters.get("cache.gets").tags("cache", "sentences", "result", "miss").functionCounter().count()).isEqualTo(2);
    }

    @Test
    void alertsOfTheSameSentenceGetMessagesOfTheirOwn() throws Exception {
        SentenceProcessor processor = new SentenceProcessor(new SentenceResults(interpreter, json, 10, meters), json);
        ObjectNode first = completed(processor, "a1", "j1");
        ObjectNode second = completed(processor, "a2", "j2");
        assertThat(first.at("/job/id").asText()).isEqualTo("j1");
        assertThat(first.at("/result/alert_id").asText()).isEqualTo("a1");
        assertThat(second.at("/job/id").asText()).isEqualTo("j2");
        assertThat(second.at("/result/alert_id").asText()).isEqualTo("a2");
        assertThat(((ObjectNode) second.get("result")).without("alert_id").toString()).isEqualTo(((ObjectNode) first.get("result")).without("alert_id").toString());
        assertThat(second.at("/result/template_id").isTextual()).isTrue();
    }

    private ObjectNode completed(SentenceProcessor processor, String alert, String job) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(camel);
            exchange.getMessage().setBody(json.writeValueAsBytes(json.createObjectNode().set("alert",
                    json.createObjectNode().put("id", alert).put("job_id", job).put("nl_description", SENTENCE))));
            processor.alertsCreated(exchange);
            return (ObjectNode) json.readTree(exchange.getMessage().getBody(byte[].class));
        }
    }

    private static AlertInterpreter interpreter() {
        try {
            LanguageConfiguration language = new LanguageConfiguration();
            return language.alertInterpreter(language.templateCatalogue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
