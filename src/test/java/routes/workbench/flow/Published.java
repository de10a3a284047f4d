package routes.workbench.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import routes.workbench.model.Endpoint;
import routes.workbench.model.Misspelt;
import routes.workbench.model.NatsStream;
import routes.workbench.model.Project;
import routes.workbench.model.Subjects;

/** The subjects that somebody is known to publish: those with a JSON Schema, a channel of the AsyncAPI document or a route that sends them. */
final class Published {

    /** A subject that differs in more letters is another one, no slip. */
    private static final int MOST_WRONG = 3;
    /** What NATS itself publishes, such as advisories. */
    private static final String OF_THE_SERVER = "$";

    private final Set<String> subjects = new TreeSet<>();

    private Published() {
    }

    static Published in(Project project) {
        Published published = new Published();
        project.knownSubjects().stream().filter(subject -> Flow.hasSchema(project, subject)).forEach(published.subjects::add);
        channels(project).forEach(channel -> published.subjects.add(filter(channel.path("address").asText(""))));
        project.endpoints().filter(endpoint -> endpoint.isNats() && !endpoint.isConsumer() && !endpoint.isDynamic()).map(Endpoint::path)
                .forEach(published.subjects::add);
        published.subjects.remove("");
        return published;
    }

    private static JsonNode channels(Project project) {
        try {
            return new YAMLMapper().readTree(Files.readString(project.resources().resolve("asyncapi/ekko.yaml"))).path("channels");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A parameter at the end stands for a whole subject: {@code dlq.{originalSubject}}. */
    private static String filter(String address) {
        return address.replaceAll("\\{[^}]*}$", ">").replaceAll("\\{[^}]*}", "*");
    }

    /** @param wanted a subject or a filter */
    boolean has(String wanted) {
        return wanted.startsWith(OF_THE_SERVER) || subjects.stream().anyMatch(subject -> Subjects.overlap(subject, wanted));
    }

    /** @return what a subject may be meant to be, or what the stream gets at all */
    String insteadOf(String wrong, NatsStream stream) {
        return Misspelt.of(wrong, subjects.stream(), MOST_WRONG).map("; is it '%s'?"::formatted).orElseGet(() -> {
            String known = subjects.stream().filter(stream::touches).collect(Collectors.joining(", "));
            return known.isEmpty() ? "" : ". Stream %s is known to get %s".formatted(stream.name(), known);
        });
    }
}
