package routes.workbench.contracts;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether whoever keeps to the old schema still gets along with the new one. */
final class SchemaComparison {

    private final BiConsumer<Part, String> breaches;
    private final Set<String> seen = new HashSet<>();

    /** @param breaches takes the part of the old schema, and what is wrong with it now */
    SchemaComparison(BiConsumer<Part, String> breaches) {
        this.breaches = breaches;
    }

    void compare(Part oldOne, Part newOne, Direction direction) {
        Part before = refersElsewhere(oldOne, newOne) ? oldOne.resolved().at(oldOne.path()) : oldOne.resolved();
        Part now = newOne.resolved();
        if (!before.exists() || !seen.add(direction + before.path() + " " + now.path())) {
            return;
        }
        if (!now.exists()) {
            breaches.accept(before, "is removed");
            return;
        }
        types(before, now, direction);
        if (haveNothingInCommon(before, now)) {
            return;
        }
        fields(before, now, direction);
        values(before, now, direction);
        if (before.get("items").exists()) {
            compare(before.get("items"), now.get("items"), direction);
        }
        choices("oneOf", before, now, direction);
        choices("anyOf", before, now, direction);
        if (isClosed(now) && !isClosed(before) && direction.isRead()) {
            breaches.accept(before, "takes no further fields any more");
        }
    }

    /** Then it is the field that has changed, and not the definition that it named. */
    private static boolean refersElsewhere(Part oldOne, Part newOne) {
        JsonNode ref = oldOne.node().path("$ref");
        return ref.isTextual() && !ref.equals(newOne.node().path("$ref"));
    }

    /** What is below another type is no field of the old one any more, and is not told of one by one. */
    private static boolean haveNothingInCommon(Part before, Part now) {
        Set<String> old = typesOf(before);
        Set<String> current = typesOf(now);
        return !old.isEmpty() && !current.isEmpty() && Collections.disjoint(old, current);
    }

    /** OpenAPI 3.0 says nullable where JSON Schema has one more type. */
    private static Set<String> typesOf(Part schema) {
        Set<String> types = words(schema.get("type").node());
        if (!types.isEmpty() && schema.get("nullable").node().asBoolean()) {
            types.add("null");
        }
        return types;
    }

    private void types(Part before, Part now, Direction direction) {
        Set<String> old = typesOf(before);
        Set<String> current = typesOf(now);
        boolean fewer = !current.containsAll(old) && !(current.contains("number") && old.equals(Set.of("integer")));
        boolean more = !old.containsAll(current) && !(old.contains("number") && current.equals(Set.of("integer")));
        if (!old.equals(current) && (current.isEmpty() ? direction.isWritten() : old.isEmpty() || fewer && direction.isRead() || more && direction.isWritten())) {
            breaches.accept(before, "was %s and is %s".formatted(said(old), said(current)));
        }
        for (String word : List.of("format", "$ref")) {
            String was = before.text(word);
            if (!was.isEmpty() && !was.equals(now.text(word))) {
                breaches.accept(before, "was of the %s %s and is of %s".formatted(word, was, now.text(word).isEmpty() ? "none" : now.text(word)));
            }
        }
    }

    private void fields(Part before, Part now, Direction direction) {
        Map<String, Part> old = properties(before);
        Map<String, Part> current = properties(now);
        old.forEach((name, field) -> {
            if (current.containsKey(name)) {
                compare(field, current.get(name), direction);
            } else {
                breaches.accept(field, "is removed");
            }
        });
        Set<String> asked = required(before);
        Set<String> askedNow = required(now);
        if (direction.isRead()) {
            askedNow.stream().filter(name -> !asked.contains(name))
                    .forEach(name -> breaches.accept(old.getOrDefault(name, before.get("properties").get(name)), "is required now"));
        }
        if (direction.isWritten()) {
            asked.stream().filter(name -> !askedNow.contains(name) && current.containsKey(name))
                    .forEach(name -> breaches.accept(old.getOrDefault(name, before), "may be absent now"));
        }
    }

    private void values(Part before, Part now, Direction direction) {
        Set<String> old = legal(before);
        Set<String> current = legal(now);
        if (old.equals(current)) {
            return;
        }
        Set<String> lost = new TreeSet<>(old);
        lost.removeAll(current);
        Set<String> gained = new TreeSet<>(current);
        gained.removeAll(old);
        if (direction.isRead() && !current.isEmpty() && (old.isEmpty() || !lost.isEmpty())) {
            breaches.accept(before, old.isEmpty() ? "takes only %s now".formatted(current) : "does not take %s any more".formatted(lost));
        }
        if (direction.isWritten() && !old.isEmpty() && (current.isEmpty() || !gained.isEmpty())) {
            breaches.accept(before, current.isEmpty() ? "may be anything now" : "may be %s now".formatted(gained));
        }
    }

    /** Alternatives are told apart by their place. */
    private void choices(String word, Part before, Part now, Direction direction) {
        List<Part> old = before.get(word).items();
        List<Part> current = now.get(word).items();
        for (int i = 0; i < old.size(); i++) {
            if (i < current.size()) {
                compare(old.get(i), current.get(i), direction);
            } else {
                breaches.accept(old.get(i), "is removed");
            }
        }
    }

    private static Map<String, Part> properties(Part schema) {
        Map<String, Part> all = new LinkedHashMap<>();
        schema.get("properties").forEach(all::put);
        schema.get("allOf").items().forEach(part -> properties(part.resolved()).forEach(all::putIfAbsent));
        return all;
    }

    private static Set<String> required(Part schema) {
        Set<String> names = words(schema.get("required").node());
        schema.get("allOf").items().forEach(part -> names.addAll(required(part.resolved())));
        return names;
    }

    private static Set<String> legal(Part schema) {
        Set<String> values = new TreeSet<>();
        schema.get("enum").node().forEach(value -> values.add(value.toString()));
        if (schema.get("const").exists()) {
            values.add(schema.get("const").node().toString());
        }
        return values;
    }

    private static boolean isClosed(Part schema) {
        JsonNode more = schema.get("additionalProperties").node();
        return more.isBoolean() && !more.asBoolean();
    }

    /** A word, or a list of them. */
    private static Set<String> words(JsonNode node) {
        Set<String> words = new TreeSet<>();
        if (node.isTextual()) {
            words.add(node.asText());
        }
        node.forEach(word -> words.add(word.asText()));
        return words;
    }

    private static String said(Set<String> types) {
        return types.isEmpty() ? "anything" : String.join(" or ", types);
    }
}
