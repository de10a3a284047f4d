package routes.workbench.contracts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** The fields that a JSON Schema describes, one a row, those of inner objects by their path. */
final class FieldRows {

    private static final int DEEPEST = 4;

    /** Other files that a schema refers to. */
    private final Function<String, Optional<Part>> files;
    private final List<Row> rows = new ArrayList<>();

    record Row(String field, String type, boolean required, String description) {
    }

    private FieldRows(Function<String, Optional<Part>> files) {
        this.files = files;
    }

    static List<Row> of(Part schema, Function<String, Optional<Part>> files) {
        FieldRows all = new FieldRows(files);
        all.add("", schema, 0);
        return all.rows;
    }

    private void add(String prefix, Part schema, int depth) {
        Map<String, Part> fields = new LinkedHashMap<>();
        Set<String> required = new TreeSet<>();
        collect(schema, fields, required);
        fields.forEach((name, field) -> {
            List<Part> meanings = meanings(field);
            String type = meanings.stream().map(FieldRows::type).filter(word -> !word.isEmpty()).distinct().collect(Collectors.joining(" or "));
            String description = meanings.stream().map(part -> part.node().path("description").asText()).filter(text -> !text.isEmpty()).findFirst().orElse("");
            rows.add(new Row(prefix + name, type, required.contains(name), description));
            if (depth < DEEPEST) {
                meanings.forEach(part -> add(prefix + name + (type.startsWith("array") ? "[]." : "."), items(part), depth + 1));
            }
        });
    }

    private void collect(Part schema, Map<String, Part> fields, Set<String> required) {
        for (Part part : meanings(schema)) {
            part.get("properties").forEach(fields::putIfAbsent);
            part.get("required").node().forEach(name -> required.add(name.asText()));
        }
    }

    /** The schema itself, what it refers to, and what it is put together from or one of. */
    private List<Part> meanings(Part schema) {
        List<Part> all = new ArrayList<>(List.of(schema));
        String ref = schema.node().path("$ref").asText();
        if (ref.startsWith("#")) {
            all.addAll(meanings(schema.resolved()));
        } else if (!ref.isEmpty()) {
            files.apply(ref.replaceFirst("^.*/", "")).ifPresent(file -> all.addAll(meanings(file)));
        }
        for (String word : List.of("allOf", "anyOf", "oneOf")) {
            if (!schema.node().has("$ref")) {
                schema.get(word).items().forEach(part -> all.addAll(meanings(part)));
            }
        }
        return all;
    }

    private static Part items(Part schema) {
        return schema.node().has("items") ? schema.get("items") : schema;
    }

    private static String type(Part schema) {
        JsonNode node = schema.node();
        String type = node.path("type").isArray() ? words(node.path("type")) : node.path("type").asText();
        String format = node.path("format").asText();
        if (node.has("enum")) {
            return "one of " + words(node.path("enum"));
        }
        return node.has("const") ? "always " + node.path("const").asText() : format.isEmpty() ? type : type + ", " + format;
    }

    private static String words(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).collect(Collectors.joining(", "));
    }
}
