package routes.nlp;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a YAML file as nodes, so that every complaint names file, line and key, and so that "no", "on" and "1e3" stay the words they are.
 */
final class YamlReader {

    private final String name;
    private final Node root;

    private YamlReader(String name, Node root) {
        this.name = name;
        this.root = root;
    }

    /** @throws TemplateException where the text is no YAML mapping */
    static YamlReader of(String name, String text) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root == null) {
                throw new TemplateException(name, 1, "", "the file is empty");
            }
            return new YamlReader(name, root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new TemplateException(name, line, "", e.getProblem());
        }
    }

    static YamlReader ofResource(String path) {
        return of(path, resource(path));
    }

    /** The text of a file of the class path. */
    static String resource(String path) {
        try (InputStream stream = YamlReader.class.getClassLoader().getResourceAsStream(path)) {
            if (stream == null) {
                throw new TemplateException(path, 1, "", "not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Node root() {
        return root;
    }

    Map<String, Node> mapping(Node node, String key) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, key, "must be a mapping");
        }
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = text(tuple.getKeyNode(), key);
            if (entries.put(name, tuple.getValueNode()) != null) {
                throw wrong(tuple.getKeyNode(), name, "stands twice");
            }
        }
        return entries;
    }

    List<Node> list(Node node, String key) {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong(node, key, "must be a list");
        }
        return sequence.getValue();
    }

    List<String> texts(Node node, String key) {
        List<String> texts = new ArrayList<>();
        list(node, key).forEach(item -> texts.add(text(item, key)));
        return texts;
    }

    String text(Node node, String key) {
        if (!(node instanceof ScalarNode scalar)) {
            throw wrong(node, key, "must be a text");
        }
        return scalar.getValue();
    }

    TemplateException wrong(Node node, String key, String problem) {
        return new TemplateException(name, node.getStartMark().getLine() + 1, key, problem);
    }
}
