package routes.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The gold sentences (dev set, hard lines, held-out set, breadth): status, template and every slot, read from the JSON a client would get. */
class DevSetTest {

    private static final ObjectMapper JSON = new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    private static final List<String> SLOTS = List.of("asset", "chain", "comparator", "threshold", "threshold_high", "unit", "window", "account", "contract", "counterparty", "protocol",
            "signature", "token_id");

    static Stream<Arguments> gold() throws Exception {
        List<Arguments> all = new ArrayList<>();
        for (String file : List.of("/nlp/dev-set.jsonl", "/nlp/hard-lines.jsonl", "/nlp/held-out-1.jsonl", "/nlp/breadth.jsonl")) {
            for (String line : Catalogues.lines(file)) {
                JsonNode item = JSON.readTree(line);
                all.add(Arguments.of(item.path("utterance").asText(), item));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gold")
    void gold(String utterance, JsonNode gold) {
        JsonNode answer = JSON.valueToTree(Catalogues.INTERPRETER.interpret(utterance));
        List<String> statuses = new ArrayList<>(List.of(gold.path("expected_status").asText()));
        gold.path("accept").path("status").forEach(s -> statuses.add(s.asText()));
        assertThat(answer.path("status").asText()).isIn(statuses);
        if (!answer.path("status").asText().equals("matched")) {
            assertThat(answer.path("spec").isNull()).isTrue();
            assertThat(answer.path("reason").asText()).isNotEmpty();
            return;
        }
        assertThat(answer.path("logic").asText("")).isEqualTo(gold.path("logic").asText(""));
        assertThat(answer.path("conditions").size()).isEqualTo(1 + gold.path("more_conditions").size());
        compare(answer.path("conditions").get(0), gold, gold.path("accept"));
        for (int i = 0; i < gold.path("more_conditions").size(); i++) {
            compare(answer.path("conditions").get(i + 1), gold.path("more_conditions").get(i), JSON.createObjectNode());
        }
        assertThat(answer.path("matches").get(0).path("sub_event")).isEqualTo(answer.path("conditions").get(0).path("sub_event"));
    }

    private static void compare(JsonNode condition, JsonNode gold, JsonNode accept) {
        List<String> subEvents = new ArrayList<>(List.of(gold.path("sub_event").asText()));
        accept.path("sub_event").forEach(s -> subEvents.add(s.asText()));
        assertThat(condition.path("sub_event").asText()).isIn(subEvents);
        for (String slot : SLOTS) {
            String got = canonical(slot, condition.path("parameters").path(slot));
            List<String> wanted = new ArrayList<>(List.of(canonical(slot, gold.path("parameters").path(slot))));
            accept.path(slot).forEach(value -> wanted.add(canonical(slot, value)));
            assertThat(got).as(slot).isIn(wanted);
        }
    }

    private static String canonical(String slot, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return switch (slot) {
            case "threshold", "threshold_high" -> new BigDecimal(value.asText()).stripTrailingZeros().toPlainString();
            case "window" -> String.valueOf(Duration.parse(value.asText()).toSeconds());
            default -> value.asText().toLowerCase(java.util.Locale.ROOT);
        };
    }
}
