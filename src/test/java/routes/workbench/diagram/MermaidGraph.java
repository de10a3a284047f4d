package routes.workbench.diagram;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A Mermaid flow chart: each node and each line once, in the order they are first named. */
final class MermaidGraph {

    private final Map<String, String> nodes = new LinkedHashMap<>();
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final Set<String> lines = new LinkedHashSet<>();
    private final Map<String, Set<String>> classes = new LinkedHashMap<>();

    /** How a node looks; %s is its label. */
    enum Shape {
        ROUTE("[\"%s\"]"), SUBJECT("([\"%s\"])"), STREAM("{{\"%s\"}}"), DATABASE("[(\"%s\")]"), BREAKER("{\"%s\"}"),
        CALL("[[\"%s\"]]"), OUTSIDE("((\"%s\"))"), DEAD_LETTER("{{\"%s\"}}");

        private final String form;

        Shape(String form) {
            this.form = form;
        }
    }

    /** @return the node's id in the chart; a node is the same when shape and label are */
    String node(Shape shape, String label) {
        return ids.computeIfAbsent(shape + " " + label, key -> {
            String id = shape.name().toLowerCase().replace("_", "") + "_" + label.replaceAll("[^A-Za-z0-9]+", "_");
            while (nodes.containsKey(id)) {
                id += "_";
            }
            nodes.put(id, id + shape.form.formatted(escaped(label)));
            classes.computeIfAbsent(shape.name().toLowerCase().replace("_", ""), none -> new LinkedHashSet<>()).add(id);
            return id;
        });
    }

    void line(String from, String to, String label) {
        lines.add(from + (label.isEmpty() ? " --> " : " -- \"" + escaped(label) + "\" --> ") + to);
    }

    void dotted(String from, String to, String label) {
        lines.add(from + " -. \"" + escaped(label) + "\" .-> " + to);
    }

    /** Mermaid reads entity codes with a number sign in the place of the ampersand. */
    private static String escaped(String label) {
        return label.replace("#", "#35;").replace("\"", "#quot;").replace("<", "#lt;").replace(">", "#gt;").replace("`", "#96;");
    }

    String render() {
        StringBuilder text = new StringBuilder("```mermaid\nflowchart LR\n");
        nodes.values().forEach(node -> text.append("  ").append(node).append('\n'));
        lines.forEach(line -> text.append("  ").append(line).append('\n'));
        style(text, "breaker", "stroke:#b58900,stroke-width:2px");
        style(text, "deadletter", "stroke:#dc322f,stroke-width:2px");
        style(text, "stream", "stroke:#268bd2,stroke-width:2px");
        return text.append("```\n").toString();
    }

    private void style(StringBuilder text, String shape, String style) {
        if (classes.containsKey(shape)) {
            text.append("  classDef ").append(shape).append(' ').append(style).append('\n');
            text.append("  class ").append(String.join(",", classes.get(shape))).append(' ').append(shape).append('\n');
        }
    }
}
