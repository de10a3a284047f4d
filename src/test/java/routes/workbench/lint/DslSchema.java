package routes.workbench.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import routes.workbench.model.Place;
import routes.workbench.model.YamlNode;
import routes.workbench.model.YamlNode.Entry;

/**
 * Camel's published schema of the YAML DSL, applied to nodes that know their lines. It differs from a general validator in
 * two ways: a placeholder may stand for any scalar, as it does for Camel, and of alternatives that all fail it tells of the
 * one that was meant.
 */
final class DslSchema {

    private static final String DEFINITIONS = "#/items/definitions/";

    private final JsonNode root;

    /** @param depth how far down it lies: of several alternatives the one that fails deepest was meant */
    record Fault(int depth, Place place, String message) {
    }

    DslSchema() {
        try (InputStream in = DslSchema.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            root = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Camel's YAML schema cannot be read", e);
        }
    }

    List<Fault> validate(YamlNode document) {
        return validate(document, document.place(), "the file", root, 0);
    }

    private List<Fault> validate(YamlNode node, Place owner, String name, JsonNode schema, int depth) {
        if (schema.has("$ref")) {
            JsonNode definition = root.at("/items/definitions").path(schema.path("$ref").asText().substring(DEFINITIONS.length()));
            return validate(node, owner, name, definition, depth);
        }
        List<Fault> faults = new ArrayList<>();
        boolean choice = schema.has("oneOf") || schema.has("anyOf");
        // beside alternatives Camel repeats the type and the required keys of one of them
        if (!(choice && !node.isMap()) && !hasType(node, schema)) {
            return List.of(new Fault(depth, place(node, owner), "%s takes %s, not %s".formatted(name, described(schema), shown(node))));
        }
        enumeration(node, owner, name, schema, depth, faults);
        for (String kind : List.of("anyOf", "oneOf")) {
            if (kind.equals("anyOf") && isAllOf(schema.path(kind))) {
                schema.path(kind).forEach(group -> faults.addAll(validate(node, owner, name, group, depth)));
            } else if (schema.has(kind)) {
                faults.addAll(choose(node, owner, name, schema, schema.path(kind), depth));
            }
        }
        if (schema.has("not") && validate(node, owner, name, schema.path("not"), depth).isEmpty()) {
            faults.add(new Fault(depth, owner, name + " is not as it should be"));
        }
        if (node.isMap()) {
            map(node, owner, name, schema, depth, faults);
        }
        if (node.isList() && schema.has("items")) {
            node.items().forEach(item -> faults.addAll(validate(item, item.place(), "an item of " + name, schema.path("items"), depth + 1)));
        }
        return faults;
    }

    /** Camel writes several groups of alternatives, none of which has to be there, as alternatives of each other. */
    private static boolean isAllOf(JsonNode groups) {
        return groups.size() > 1 && StreamSupport.stream(groups.spliterator(), false).allMatch(group -> group.has("oneOf"));
    }

    private void map(YamlNode node, Place owner, String name, JsonNode schema, int depth, List<Fault> faults) {
        JsonNode properties = schema.path("properties");
        boolean closed = schema.has("additionalProperties") && !schema.path("additionalProperties").asBoolean(true);
        for (Entry entry : node.entries()) {
            if (properties.has(entry.key())) {
                faults.addAll(validate(entry.value(), entry.place(), entry.key(), properties.path(entry.key()), depth + 1));
            } else if (closed) {
                faults.add(new Fault(depth + 1, entry.place(), unknown(entry.key(), name)));
            }
        }
        schema.path("required").forEach(key -> {
            if (!node.has(key.asText())) {
                faults.add(new Fault(depth, owner, "%s lacks '%s'".formatted(name, key.asText())));
            }
        });
        if (schema.has("maxProperties") && node.entries().size() > schema.path("maxProperties").asInt()) {
            faults.add(new Fault(depth + 1, node.entries().get(1).place(), "'%s' stands beside '%s': each is an item of its own, with its options one level deeper"
                    .formatted(node.entries().get(1).key(), node.entries().get(0).key())));
        }
    }

    private static String unknown(String key, String name) {
        return "there is no '%s' in %s".formatted(key, name);
    }

    private List<Fault> choose(YamlNode node, Place owner, String name, JsonNode schema, JsonNode branches, int depth) {
        List<List<Fault>> failed = new ArrayList<>();
        for (JsonNode branch : branches) {
            List<Fault> faults = validate(node, owner, name, branch, depth);
            if (faults.isEmpty()) {
                return List.of();
            }
            failed.add(faults);
        }
        List<Fault> meant = failed.stream().max(Comparator.<List<Fault>>comparingInt(DslSchema::deepest).thenComparingInt(faults -> -faults.size())).orElseThrow();
        if (deepest(meant) == depth && node.isMap()) {
            return List.of(nothingMeant(node, owner, name, schema, branches, depth));
        }
        return meant;
    }

    private static Fault nothingMeant(YamlNode node, Place owner, String name, JsonNode schema, JsonNode branches, int depth) {
        JsonNode known = schema.path("properties");
        return node.entries().stream().filter(entry -> known.size() > 0 && !known.has(entry.key())).findFirst()
                .map(entry -> new Fault(depth + 1, entry.place(), unknown(entry.key(), name)))
                .orElseGet(() -> new Fault(depth, owner, "%s lacks one of %s".formatted(name, StreamSupport.stream(branches.spliterator(), false)
                        .flatMap(branch -> StreamSupport.stream(branch.path("required").spliterator(), false)).map(JsonNode::asText).distinct().toList())));
    }

    private static int deepest(List<Fault> faults) {
        return faults.stream().mapToInt(Fault::depth).max().orElse(0);
    }

    private static boolean hasType(YamlNode node, JsonNode schema) {
        String text = node.text();
        boolean later = text.contains("{{");
        return switch (schema.path("type").asText()) {
            case "object" -> node.isMap();
            case "array" -> node.isList();
            case "string" -> node.isScalar();
            case "boolean" -> node.isScalar() && (later || text.matches("(?i)true|false"));
            case "number", "integer" -> node.isScalar() && (later || text.matches("[-+]?\\d+(\\.\\d+)?"));
            default -> true;
        };
    }

    private static void enumeration(YamlNode node, Place owner, String name, JsonNode schema, int depth, List<Fault> faults) {
        if (!schema.has("enum") || node.text().contains("{{")) {
            return;
        }
        List<String> words = StreamSupport.stream(schema.path("enum").spliterator(), false).map(JsonNode::asText).toList();
        if (words.stream().noneMatch(node.text()::equalsIgnoreCase)) {
            faults.add(new Fault(depth, place(node, owner), "%s takes one of %s, not %s".formatted(name, words, shown(node))));
        }
    }

    private static Place place(YamlNode node, Place owner) {
        return node.isScalar() ? node.place() : owner;
    }

    private static String described(JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "object" -> "a map of options";
            case "array" -> "a list";
            case "string" -> "a text";
            default -> "a " + schema.path("type").asText();
        };
    }

    private static String shown(YamlNode node) {
        return node.isMap() ? "a map" : node.isList() ? "a list" : node.isScalar() ? "'" + node.text() + "'" : "nothing";
    }
}
