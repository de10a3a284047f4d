package routes.workbench.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A place in a document: what stands there, and its JSON path. Asked for a part, it follows a {@code $ref} within its document
 * first, so that the path is where one would mend it.
 */
record Part(JsonNode document, JsonNode node, String path) {

    private static final String PLAIN = "[A-Za-z_$][\\w$]*";

    static Part of(JsonNode document) {
        return new Part(document, document, "$");
    }

    boolean exists() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** @return what a local {@code $ref} points to; one to another file stays what it is: that file is compared by itself */
    Part resolved() {
        String ref = node.path("$ref").asText();
        if (!ref.startsWith("#/")) {
            return this;
        }
        Part at = of(document);
        for (String name : ref.substring(2).split("/")) {
            at = at.child(name.replace("~1", "/").replace("~0", "~"));
        }
        return at.resolved();
    }

    /** @return the same under the path of what refers to it */
    Part at(String otherPath) {
        return new Part(document, node, otherPath);
    }

    Part get(String name) {
        return resolved().child(name);
    }

    private Part child(String name) {
        return new Part(document, node.path(name), path + (name.matches(PLAIN) ? "." + name : "['" + name + "']"));
    }

    String text(String name) {
        return get(name).node.asText();
    }

    void forEach(BiConsumer<String, Part> action) {
        Part here = resolved();
        here.node.fieldNames().forEachRemaining(name -> action.accept(name, here.child(name)));
    }

    List<Part> items() {
        Part here = resolved();
        List<Part> items = new ArrayList<>();
        for (int i = 0; i < here.node.size() && here.node.isArray(); i++) {
            items.add(new Part(document, here.node.get(i), here.path + "[" + i + "]"));
        }
        return items;
    }
}
