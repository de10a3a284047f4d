package routes.yaml;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;

import org.citrusframework.TestAction;
import org.citrusframework.TestCase;
import org.citrusframework.actions.ReceiveMessageAction;
import org.citrusframework.message.Message;
import org.citrusframework.report.TestActionListener;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Knows which action of a test file is running: Citrus does not say where in its file it was. */
class ActionTrace implements TestActionListener {

    private static final int LONGEST = 1_000;

    private final List<Node> actions;
    private int started;
    private TestAction failed;
    private Throwable failure;

    ActionTrace(String yaml) {
        Node file = new Yaml().compose(new StringReader(yaml));
        actions = file instanceof MappingNode test ? test.getValue().stream()
                .filter(entry -> entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals("actions") && entry.getValueNode() instanceof SequenceNode)
                .findFirst().map(entry -> ((SequenceNode) entry.getValueNode()).getValue()).orElse(List.of()) : List.of();
    }

    /** @return line and action that ran last, as the continuation of the file's name */
    String where() {
        if (started == 0 || started > actions.size()) {
            return "";
        }
        Node action = actions.get(started - 1);
        String name = action instanceof MappingNode node && node.getValue().get(0).getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
        return ":%d, action %d, %s".formatted(action.getStartMark().getLine() + 1, started, name);
    }

    /**
     * @param last what Citrus tells of at the end
     * @return why it failed, and the message that it failed on where it was one. What failed first counts: steps that were
     *         not reached after it are only what follows from it
     */
    String what(Throwable last) {
        Throwable cause = failure == null ? last : failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        Optional<Message> received = failed instanceof ReceiveMessageAction receive ? receive.getMessage() : Optional.empty();
        return "\n" + cause.getMessage() + received.map(message -> "\nreceived: " + shortened(message.getPayload(String.class))).orElse("");
    }

    private static String shortened(String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    @Override
    public void onTestActionStart(TestCase test, TestAction action) {
        // those at the end of the test come after the last of the file
        if (failed == null) {
            started++;
        }
    }

    @Override
    public void onTestActionFailed(TestCase test, TestAction action, Throwable cause) {
        if (failed == null) {
            failed = action;
            failure = cause;
        }
    }

    @Override
    public void onTestActionFinish(TestCase test, TestAction action) {
        // the next one starts
    }

    @Override
    public void onTestActionSkipped(TestCase test, TestAction action) {
        started++;
    }
}
