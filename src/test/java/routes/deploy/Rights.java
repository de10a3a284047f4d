package routes.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import routes.nats.SubjectPatterns;

/**
 * What a user of the NATS server may do.
 *
 * @param publish   subjects it may publish to
 * @param subscribe subjects it may subscribe to, with the queue group where only that is allowed
 * @param responses whether it may answer each request once, wherever the requester wants it
 */
public record Rights(Set<String> publish, Set<String> subscribe, boolean responses) {

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    /** @return what {@code deploy/nats/rights} gives a user */
    static Rights written(String user) throws IOException {
        Set<String> publish = new TreeSet<>();
        Set<String> subscribe = new TreeSet<>();
        Set<String> section = publish;
        boolean responses = false;
        for (String line : Files.readAllLines(DeployedNats.FOLDER.resolve("rights").resolve(user + ".conf"))) {
            String text = line.strip();
            if (text.startsWith("#")) {
                continue;
            }
            if (text.startsWith("allow_responses:")) {
                responses = true;
                continue;
            }
            section = text.startsWith("subscribe:") ? subscribe : section;
            Matcher subject = QUOTED.matcher(text);
            while (subject.find()) {
                section.add(subject.group(1));
            }
        }
        return new Rights(publish, subscribe, responses);
    }

    public boolean mayPublish(String subject) {
        return publish.stream().anyMatch(pattern -> SubjectPatterns.matches(pattern, subject));
    }

    /** @param subscription a subject, followed by a queue group if there is one */
    public boolean maySubscribe(String subscription) {
        List<String> asked = List.of(subscription.split(" "));
        return subscribe.stream().map(allowed -> List.of(allowed.split(" "))).anyMatch(allowed ->
                SubjectPatterns.matches(allowed.get(0), asked.get(0)) && (allowed.size() == 1 || allowed.equals(asked)));
    }
}
