package routes.workbench.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A node of a YAML file that knows its line, read by the parser that Camel reads routes with. What is asked for and is not
 * there is an absent node, so that a path can be followed without looking at each step.
 */
public final class YamlNode {

    static final YamlNode NOTHING = new YamlNode(null, new Place(Path.of(""), 1));

    private final Node node;
    private final Place place;

    private YamlNode(Node node, Place place) {
        this.node = node;
        this.place = place;
    }

    /**
     * @param key   the key as it is written
     * @param place where the key is
     */
    public record Entry(String key, Place place, YamlNode value) {
    }

    /** @return the documents of a file; an empty file has none */
    public static List<YamlNode> documents(Path file, String text) throws BadYamlException {
        List<YamlNode> documents = new ArrayList<>();
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).setUseMarks(true).build();
            for (Node document : new Compose(settings).composeAllFromString(text)) {
                documents.add(new YamlNode(document, place(file, document)));
            }
        } catch (MarkedYamlEngineException e) {
            // a quote or bracket that is never closed is told of where it was opened, not at the end of the file
            boolean atEnd = String.valueOf(e.getProblem()).contains("end of stream") || String.valueOf(e.getProblem()).contains("<stream end>");
            Optional<Mark> mark = atEnd ? e.getContextMark().or(e::getProblemMark) : e.getProblemMark().or(e::getContextMark);
            throw new BadYamlException(new Place(file, mark.map(at -> at.getLine() + 1).orElse(1)), e.getProblem());
        } catch (YamlEngineException e) {
            throw new BadYamlException(new Place(file, 1), e.getMessage());
        }
        return documents;
    }

    private static Place place(Path file, Node node) {
        return new Place(file, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
    }

    /** Where it is; of an absent node, where it should be. */
    public Place place() {
        return place;
    }

    public boolean exists() {
        return node != null;
    }

    public boolean isMap() {
        return node instanceof MappingNode;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    public boolean isScalar() {
        return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL);
    }

    public boolean isString() {
        return isScalar() && node.getTag().equals(Tag.STR);
    }

    public boolean isBoolean() {
        return isScalar() && node.getTag().equals(Tag.BOOL);
    }

    public boolean isNumber() {
        return isScalar() && (node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT));
    }

    /** @return the text of a scalar; empty for anything else */
    public String text() {
        return isScalar() ? ((ScalarNode) node).getValue() : "";
    }

    public YamlNode get(String key) {
        return entry(key).map(Entry::value).orElse(new YamlNode(null, place));
    }

    public Optional<Entry> entry(String key) {
        return entries().stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    public boolean has(String key) {
        return entry(key).isPresent();
    }

    /** @return what a map holds, in its order; nothing for anything else */
    public List<Entry> entries() {
        if (!(node instanceof MappingNode map)) {
            return List.of();
        }
        return map.getValue().stream().map(pair -> {
            String key = pair.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : pair.getKeyNode().toString();
            return new Entry(key, place(place.file(), pair.getKeyNode()), new YamlNode(pair.getValueNode(), place(place.file(), pair.getValueNode())));
        }).toList();
    }

    /** @return what a list holds; nothing for anything else */
    public List<YamlNode> items() {
        if (!(node instanceof SequenceNode list)) {
            return List.of();
        }
        return list.getValue().stream().map(item -> new YamlNode(item, place(place.file(), item))).toList();
    }

    /** @return this node and all below it that are scalars */
    public List<YamlNode> scalars() {
        List<YamlNode> found = new ArrayList<>();
        collect(found);
        return found;
    }

    private void collect(List<YamlNode> found) {
        if (isScalar()) {
            found.add(this);
        }
        entries().forEach(entry -> entry.value().collect(found));
        items().forEach(item -> item.collect(found));
    }

    @Override
    public String toString() {
        return exists() ? isScalar() ? text() : node.getNodeType().toString().toLowerCase() : "nothing";
    }
}
