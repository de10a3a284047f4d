package routes.nlp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one template file. Unknown keys, wrong values and missing keys are refused with file, line and key. */
final class TemplateReader {

    private static final Set<String> KEYS = Set.of("id", "event_type", "sub_event", "description", "metric", "target", "slots", "require_one_of", "patterns", "absorbs", "comparators", "units",
            "bare_unit", "default_comparator", "parties", "chain_from", "fixed", "examples");
    private static final Set<String> EVENT_TYPES = Set.of("ACCOUNT_EVENT", "ASSET_EVENT", "CONTRACT_INTERACTION", "PROTOCOL_EVENT", "DEFI_EVENT", "ANOMALY_EVENT");
    private static final Set<String> COMPARATORS = Set.of("gt", "gte", "lt", "lte", "eq", "between", "outside", "crosses", "crosses_up", "crosses_down", "increases_pct", "decreases_pct",
            "changes_pct", "increases_abs", "decreases_abs", "any", "none");
    private static final Set<String> SLOT_TYPES = Set.of("asset", "pair", "chain", "comparator", "threshold", "unit", "window", "account", "contract", "counterparty", "protocol", "direction",
            "signature", "token_id");
    private static final Set<String> UNITS = Set.of("asset", "currency", "percent", "gas", "count", "block", "ratio", "number");
    private static final Set<String> PARTIES = Set.of("account", "contract", "flow", "pool");

    private final YamlReader yaml;
    private final Map<String, Node> keys;

    private TemplateReader(TemplateSource source) {
        yaml = YamlReader.of(source.name(), source.yaml());
        keys = yaml.mapping(yaml.root(), "template");
        keys.forEach((key, node) -> {
            if (!KEYS.contains(key)) {
                throw yaml.wrong(node, key, "unknown key; known are " + KEYS.stream().sorted().toList());
            }
        });
    }

    static Template read(TemplateSource source) {
        return new TemplateReader(source).template();
    }

    private Template template() {
        String subEvent = required("sub_event");
        String id = required("id");
        if (!id.equals(subEvent.toLowerCase(Locale.ROOT) + ".v1")) {
            throw yaml.wrong(keys.get("id"), "id", "must be " + subEvent.toLowerCase(Locale.ROOT) + ".v1");
        }
        List<Template.Slot> slots = slots();
        return new Template(id, oneOf("event_type", EVENT_TYPES, null), subEvent, required("description"), required("metric"), required("target"), slots, requireOneOf(slots), patterns(),
                texts("absorbs"), list("comparators", COMPARATORS), list("units", UNITS), optional("bare_unit"), keys.containsKey("default_comparator") ? oneOf("default_comparator", COMPARATORS, null) : null,
                oneOf("parties", PARTIES, "account"), oneOf("chain_from", Set.of("asset", "native_asset", "stated"), "asset"), fixed(), examples());
    }

    private String required(String key) {
        if (!keys.containsKey(key)) {
            throw yaml.wrong(yaml.root(), key, "is missing");
        }
        return yaml.text(keys.get(key), key);
    }

    private String optional(String key) {
        return keys.containsKey(key) ? yaml.text(keys.get(key), key) : null;
    }

    private String oneOf(String key, Set<String> allowed, String fallback) {
        String value = fallback == null ? required(key) : keys.containsKey(key) ? optional(key) : fallback;
        if (!allowed.contains(value)) {
            throw yaml.wrong(keys.get(key), key, "'" + value + "' is none of " + allowed.stream().sorted().toList());
        }
        return value;
    }

    private List<String> list(String key, Set<String> allowed) {
        List<String> values = new ArrayList<>();
        for (Node node : keys.containsKey(key) ? yaml.list(keys.get(key), key) : List.<Node>of()) {
            String value = yaml.text(node, key);
            if (!allowed.contains(value)) {
                throw yaml.wrong(node, key, "'" + value + "' is none of " + allowed.stream().sorted().toList());
            }
            values.add(value);
        }
        return values;
    }

    private Set<String> texts(String key) {
        return keys.containsKey(key) ? new LinkedHashSet<>(yaml.texts(keys.get(key), key)) : Set.of();
    }

    private List<Template.Slot> slots() {
        mustHave("slots");
        List<Template.Slot> slots = new ArrayList<>();
        for (Node node : yaml.list(keys.get("slots"), "slots")) {
            Map<String, Node> slot = yaml.mapping(node, "slots");
            for (String key : slot.keySet()) {
                if (!Set.of("name", "type", "required", "default").contains(key)) {
                    throw yaml.wrong(node, "slots." + key, "unknown key");
                }
            }
            if (!slot.containsKey("name")) {
                throw yaml.wrong(node, "slots", "a slot needs a name");
            }
            String name = yaml.text(slot.get("name"), "slots.name");
            String type = slot.containsKey("type") ? yaml.text(slot.get("type"), "slots.type") : name;
            if (!SLOT_TYPES.contains(type)) {
                throw yaml.wrong(node, "slots.type", "'" + type + "' is none of " + SLOT_TYPES.stream().sorted().toList());
            }
            boolean required = slot.containsKey("required") && yaml.text(slot.get("required"), "slots.required").equals("true");
            slots.add(new Template.Slot(name, type, required, slot.containsKey("default") ? yaml.text(slot.get("default"), "slots.default") : null));
        }
        return slots;
    }

    private void mustHave(String key) {
        if (!keys.containsKey(key)) {
            throw yaml.wrong(yaml.root(), key, "is missing");
        }
    }

    private List<Set<String>> requireOneOf(List<Template.Slot> slots) {
        List<Set<String>> groups = new ArrayList<>();
        for (Node node : keys.containsKey("require_one_of") ? yaml.list(keys.get("require_one_of"), "require_one_of") : List.<Node>of()) {
            Set<String> group = new LinkedHashSet<>(yaml.texts(node, "require_one_of"));
            for (String name : group) {
                if (slots.stream().noneMatch(slot -> slot.name().equals(name))) {
                    throw yaml.wrong(node, "require_one_of", "there is no slot '" + name + "'");
                }
            }
            groups.add(group);
        }
        return groups;
    }

    /** A pattern is written {@code {when: "balance amount|number -percent", score: 5}}. */
    private List<Template.Pattern> patterns() {
        mustHave("patterns");
        List<Template.Pattern> patterns = new ArrayList<>();
        for (Node node : yaml.list(keys.get("patterns"), "patterns")) {
            Map<String, Node> pattern = yaml.mapping(node, "patterns");
            if (!pattern.keySet().equals(Set.of("when", "score"))) {
                throw yaml.wrong(node, "patterns", "a pattern has 'when' and 'score'");
            }
            List<Set<String>> all = new ArrayList<>();
            Set<String> none = new HashSet<>();
            for (String term : yaml.text(pattern.get("when"), "patterns.when").split(" ")) {
                if (term.startsWith("-")) {
                    none.add(term.substring(1));
                } else {
                    all.add(new LinkedHashSet<>(Arrays.asList(term.split("\\|"))));
                }
            }
            patterns.add(new Template.Pattern(all, none, score(pattern.get("score"))));
        }
        return patterns;
    }

    private int score(Node node) {
        String text = yaml.text(node, "patterns.score");
        if (!text.matches("[1-9][0-9]?")) {
            throw yaml.wrong(node, "patterns.score", "must be a whole number from 1 to 99");
        }
        return Integer.parseInt(text);
    }

    private Map<String, String> fixed() {
        Map<String, String> values = new LinkedHashMap<>();
        if (keys.containsKey("fixed")) {
            yaml.mapping(keys.get("fixed"), "fixed").forEach((key, node) -> values.put(key, yaml.text(node, "fixed." + key)));
        }
        return values;
    }

    private List<Template.Example> examples() {
        mustHave("examples");
        List<Template.Example> examples = new ArrayList<>();
        for (Node node : yaml.list(keys.get("examples"), "examples")) {
            Map<String, Node> example = yaml.mapping(node, "examples");
            if (!example.keySet().equals(Set.of("sentence", "parameters"))) {
                throw yaml.wrong(node, "examples", "an example has 'sentence' and 'parameters'");
            }
            Map<String, String> parameters = new LinkedHashMap<>();
            yaml.mapping(example.get("parameters"), "examples.parameters").forEach((key, value) -> parameters.put(key, yaml.text(value, "examples.parameters." + key)));
            examples.add(new Template.Example(yaml.text(example.get("sentence"), "examples.sentence"), parameters));
        }
        return examples;
    }
}
