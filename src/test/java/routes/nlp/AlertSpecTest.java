package routes.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** The JSON of specifications, as engines and clients read it. */
class AlertSpecTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aBalanceAlert() throws Exception {
        JsonNode spec = spec("Alert me when my AVAX balance goes above 10");
        assertThat(spec.path("spec_version").asText()).isEqualTo("1.0");
        assertThat(spec.path("template_id").asText()).isEqualTo("balance_threshold.v1");
        assertThat(spec.path("target")).isEqualTo(JSON.readTree("""
                {"kind": "wallet", "network": "AVAX:mainnet", "accounts": ["@me"], "asset": "AVAX", "contract": null, "protocol": null}"""));
        assertThat(spec.path("condition")).isEqualTo(JSON.readTree("""
                {"all": [{"metric": "balance", "op": "gt", "value": "10", "value_high": null, "unit": "AVAX", "window": null}]}"""));
        assertThat(spec.path("firing")).isEqualTo(JSON.readTree("""
                {"edge": "on_cross", "cooldown_seconds": 3600, "expires_at": null}"""));
        assertThat(spec.path("action")).isEqualTo(JSON.readTree("""
                {"channels": ["inapp"], "priority": "normal"}"""));
        assertThat(spec.path("provenance").path("slots").path("threshold")).isEqualTo(JSON.readTree("""
                {"value": "10", "span": [41, 43], "source": "number"}"""));
        assertThat(spec.path("provenance").path("assumptions").toString()).contains("chain from asset");
    }

    @Test
    void conditionsOfOtherTemplatesCarryTheirOwnTarget() {
        JsonNode spec = spec("when ETH price is above 4k or gas is under 20 gwei");
        JsonNode any = spec.path("condition").path("any");
        assertThat(spec.path("condition").has("all")).isFalse();
        assertThat(any).hasSize(2);
        assertThat(any.get(0).has("target")).isFalse();
        assertThat(any.get(1).path("target").path("network").asText()).isEqualTo("ETH:mainnet");
        assertThat(any.get(1).path("metric").asText()).isEqualTo("gas_price");
    }

    @Test
    void smallFiguresStayDecimal() {
        assertThat(spec("price of PEPE hits $0.0000000000000000012").path("condition").path("all").get(0).path("value").asText()).isEqualTo("0.0000000000000000012");
    }

    @Test
    void theAnswerIsSnakeCaseWithoutHelpOfTheMapper() {
        JsonNode answer = JSON.valueToTree(Catalogues.INTERPRETER.interpret("Alert me when ETH gas is below 50 gwei"));
        assertThat(answer.path("status").asText()).isEqualTo("matched");
        assertThat(answer.path("matches").get(0).path("template_id").asText()).isEqualTo("gas_price_threshold.v1");
        assertThat(answer.path("conditions").get(0).path("parameters").path("threshold").isNumber()).isTrue();
        assertThat(answer.has("missing_info")).isTrue();
    }

    private static JsonNode spec(String sentence) {
        return JSON.valueToTree(Catalogues.INTERPRETER.interpret(sentence).spec());
    }
}
