package routes.nlp;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Writes the specification of matched conditions. */
final class SpecWriter {

    static final String PARSER_VERSION = "1.0";
    private static final int COOLDOWN_SECONDS = 3600;

    private final Vocabulary vocabulary;

    SpecWriter(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    AlertSpec write(String utterance, List<Filling> conditions, String logic, double confidence, int typos) {
        Filling first = conditions.get(0);
        AlertSpec.Target target = target(first);
        List<AlertSpec.Leaf> leaves = new ArrayList<>();
        for (Filling condition : conditions) {
            AlertSpec.Target own = target(condition);
            leaves.add(leaf(condition, own.equals(target) ? null : own));
        }
        Template template = first.template();
        return new AlertSpec("1.0", template.id(), template.eventType(), template.subEvent(), target,
                new AlertSpec.Trigger("event_driven", null, 1),
                "or".equals(logic) ? new AlertSpec.ConditionTree(null, leaves) : new AlertSpec.ConditionTree(leaves, null),
                new AlertSpec.Firing("on_cross", COOLDOWN_SECONDS, null),
                new AlertSpec.Action(List.of("inapp"), "normal"),
                provenance(utterance, conditions, confidence, typos));
    }

    private AlertSpec.Target target(Filling filling) {
        Map<String, Object> slots = filling.parameters();
        Vocabulary.Chain chain = slots.get("chain") == null ? null : vocabulary.chain(text(slots, "chain"));
        String network = chain == null ? null : chain.symbol().contains(":") ? chain.symbol() : chain.symbol() + ":mainnet";
        List<String> accounts = slots.containsKey("account") ? List.of(text(slots, "account")) : List.of();
        return new AlertSpec.Target(filling.template().target(), network, accounts, text(slots, "asset"), text(slots, "contract"), text(slots, "protocol"), text(slots, "counterparty"),
                text(slots, "direction"), text(slots, "signature"), text(slots, "token_id"), text(slots, "counter_asset"));
    }

    private static AlertSpec.Leaf leaf(Filling filling, AlertSpec.Target target) {
        Map<String, Object> slots = filling.parameters();
        return new AlertSpec.Leaf(filling.template().metric(), text(slots, "comparator"), text(slots, "threshold"), text(slots, "threshold_high"), text(slots, "unit"), text(slots, "window"), target);
    }

    private static AlertSpec.Provenance provenance(String utterance, List<Filling> conditions, double confidence, int typos) {
        Map<String, AlertSpec.Origin> origins = new LinkedHashMap<>();
        List<String> assumptions = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            Filling filling = conditions.get(i);
            String prefix = i == 0 ? "" : (i + 1) + ".";
            filling.origins().forEach((slot, mark) -> origins.put(prefix + slot, new AlertSpec.Origin(text(filling.parameters(), slot), List.of(mark.start(), mark.end()), source(mark))));
            filling.assumptions().stream().filter(a -> !assumptions.contains(a)).forEach(assumptions::add);
        }
        List<String> warnings = typos == 0 ? List.of() : List.of(typos + " words corrected");
        return new AlertSpec.Provenance(utterance, PARSER_VERSION, confidence, origins, List.of(), assumptions, warnings);
    }

    private static String source(Mark mark) {
        return mark.quantity() != null ? "number" : mark.senses().get(0).kind().name().toLowerCase(Locale.ROOT);
    }

    private static String text(Map<String, Object> slots, String slot) {
        Object value = slots.get(slot);
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : Objects.toString(value, null);
    }
}
