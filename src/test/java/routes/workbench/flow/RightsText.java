package routes.workbench.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import routes.deploy.ConsumerRights;

/**
 * What a flow adds to {@code deploy/nats/rights}: its role may fetch, settle, publish and keep dead letters, {@code ops} may redrive
 * them, {@code provision} may make the durable consumer. {@code RightsTest} compares them with the routes.
 */
final class RightsText {

    private static final String END = "] }\n";

    private RightsText() {
    }

    /** @return the files with their new content */
    static Map<Path, String> of(Flow flow) throws IOException, RefusedException {
        ConsumerRights consumer = new ConsumerRights(flow.stream(), flow.name(), flow.from());
        List<String> ofItsRole = new ArrayList<>(consumer.ofItsRole());
        ofItsRole.add(flow.to());
        if (!flow.role().equals("ops")) { // which may publish dlq.>
            ofItsRole.addAll(consumer.ofDeadLetters());
        }
        Map<String, List<String>> needed = new LinkedHashMap<>();
        needed.put(flow.role(), ofItsRole);
        needed.computeIfAbsent("ops", role -> new ArrayList<>())
                .addAll(consumer.ofOperators(flow.project().stream(flow.stream()).orElseThrow().isWorkQueue()));
        needed.put("provision", List.of(consumer.ofProvision()));

        Map<Path, String> files = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> user : needed.entrySet()) {
            Path file = flow.project().home().resolve("deploy/nats/rights/%s.conf".formatted(user.getKey()));
            files.put(file, with(user.getValue(), Files.readString(file), flow, file));
        }
        return files;
    }

    private static String with(List<String> subjects, String document, Flow flow, Path file) throws RefusedException {
        int end = document.indexOf(END); // publish stands before subscribe
        if (end < 0) {
            throw new RefusedException("%s does not hold publish: { allow: [ … ] }".formatted(flow.project().home().relativize(file)));
        }
        String added = subjects.stream().distinct().map(subject -> "  \"%s\"\n".formatted(subject))
                .filter(line -> !document.substring(0, end).contains(line)).collect(Collectors.joining());
        return added.isEmpty() ? document : document.substring(0, end) + "\n  # route " + flow.name() + "\n" + added + document.substring(end);
    }
}
