package routes.workbench.flow;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a flow adds to application.yaml. A new subject has its own entry among the labels of metrics: by that entry the
 * application also tells its kind, and so finds its schema; under {@code jobs.>} it would be just some job. A service that is
 * new has its breaker and its address.
 */
final class SettingsText {

    private static final Pattern SUBJECTS = Pattern.compile("(\\n    metrics:\\n(?: {6,}.*\\n)*? {6}subjects:\\n)");
    private static final Pattern BREAKERS = Pattern.compile("\\n  breakers:\\n(?: {4}.*\\n)*");
    private static final String BREAKER = """
                {service}:
                  failures: 5
                  open-for: 60s
            """;
    private static final String ADDRESS = """
              {service}:
                url: ${EKKO_{SERVICE}_URL:http://localhost:9099}
            """;

    private SettingsText() {
    }

    /** @param document application.yaml as it is */
    static String with(Flow flow, String document) throws RefusedException {
        String text = flow.isNewSubject() ? after(SUBJECTS, document, "        - " + flow.to() + "\n", "ekko.nats.metrics.subjects as a list") : document;
        if (flow.service().isEmpty()) {
            return text;
        }
        String service = flow.service().get();
        boolean hasBreaker = flow.project().settings().names("ekko.breakers").contains(service);
        boolean hasAddress = flow.project().settings().get("ekko.%s.url".formatted(service)).isPresent();
        String added = (hasBreaker ? "" : BREAKER) + (hasAddress ? "" : ADDRESS);
        return after(BREAKERS, text, added.replace("{service}", service).replace("{SERVICE}", service.replace('-', '_').toUpperCase(Locale.ROOT)), "ekko.breakers");
    }

    private static String after(Pattern place, String document, String added, String missing) throws RefusedException {
        Matcher found = place.matcher(document);
        if (!found.find()) {
            throw new RefusedException("application.yaml does not hold " + missing);
        }
        return document.substring(0, found.end()) + added + document.substring(found.end());
    }
}
