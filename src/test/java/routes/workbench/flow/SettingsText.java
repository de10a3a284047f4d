package routes.workbench.flow;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a new subject adds to application.yaml: its own entry among the labels of metrics. By that entry the application also
 * tells its kind, and so finds its schema; under {@code jobs.>} it would be just some job.
 */
final class SettingsText {

    private static final Pattern SUBJECTS = Pattern.compile("(\\n    metrics:\\n(?: {6,}.*\\n)*? {6}subjects:\\n)");

    private SettingsText() {
    }

    /** @param document application.yaml as it is */
    static String with(Flow flow, String document) throws RefusedException {
        Matcher subjects = SUBJECTS.matcher(document);
        if (!subjects.find()) {
            throw new RefusedException("application.yaml does not hold ekko.nats.metrics.subjects as a list");
        }
        return document.substring(0, subjects.end()) + "        - " + flow.to() + "\n" + document.substring(subjects.end());
    }
}
