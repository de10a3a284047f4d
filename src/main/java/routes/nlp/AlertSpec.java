package routes.nlp;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/**
 * The specification of an alert, as engines run it. Figures are decimal strings: an amount in wei needs 78 digits. The action is never read
 * from the sentence. Sections: docs/language.md, "The specification".
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AlertSpec(String specVersion, String templateId, String eventType, String subEvent, Target target, Trigger trigger, ConditionTree condition, Firing firing, Action action,
                        Provenance provenance) {

    /** What is watched. @param kind wallet, asset, contract, protocol or chain; @param network {@code AVAX:mainnet}, or null */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Target(String kind, String network, List<String> accounts, String asset, String contract, String protocol, @JsonInclude(JsonInclude.Include.NON_NULL) String counterparty,
                         @JsonInclude(JsonInclude.Include.NON_NULL) String direction, @JsonInclude(JsonInclude.Include.NON_NULL) String signature,
                         @JsonInclude(JsonInclude.Include.NON_NULL) String tokenId, @JsonInclude(JsonInclude.Include.NON_NULL) String counterAsset) {
    }

    /** When it is looked at. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Trigger(String mode, Integer cadenceSeconds, int confirmations) {
    }

    /** All or any of the leaves; the other list is null and left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ConditionTree(List<Leaf> all, List<Leaf> any) {
    }

    /** One comparison. @param target where it differs from the target of the alert; otherwise left out */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Leaf(String metric, String op, String value, String valueHigh, String unit, String window, @JsonInclude(JsonInclude.Include.NON_NULL) Target target) {
    }

    /** How often it fires: on crossing, then quiet for the cooldown. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Firing(String edge, int cooldownSeconds, String expiresAt) {
    }

    /** Where it goes to: always the user's own inbox. */
    public record Action(List<String> channels, String priority) {
    }

    /** Where every slot came from. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Provenance(String utterance, String parserVersion, double confidence, Map<String, Origin> slots, List<MissingInfo> missingInfo, List<String> assumptions, List<String> warnings) {
    }

    /** The piece of the sentence a slot was read from. @param span first and last offset (exclusive) in the normalised sentence */
    public record Origin(String value, List<Integer> span, String source) {
    }
}
