package routes.workbench.flow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

import routes.workbench.model.NatsStream;
import routes.workbench.model.Project;
import routes.workbench.model.Subjects;

/**
 * A flow that is to be written: it consumes one subject and publishes another.
 *
 * @param name    of the route and its file
 * @param role    folder under {@code camel/}
 * @param stream  the stream that {@code from} is consumed from
 * @param stored  the stream that keeps what is published; empty for a core subject
 * @param service the HTTP service that it asks about each message; empty for none
 */
record Flow(Project project, String name, String role, String from, String to, String stream, Optional<String> stored, Optional<String> service) {

    private static final String WORDS = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

    private static final int LONGEST_NAME = 60;

    /** @throws RefusedException that says what is wrong, and what to do about it */
    static Flow of(Project project, String name, String role, String from, String to, String stream) throws RefusedException {
        if (!name.matches(WORDS) || name.length() > LONGEST_NAME) {
            throw new RefusedException("'%s' is no name of a flow: lower-case words joined by dashes, such as tell-clients".formatted(name));
        }
        if (!role.matches("api|nlp|ops")) {
            throw new RefusedException("there is no role '%s': api, nlp or ops".formatted(role));
        }
        if (project.routes().anyMatch(route -> route.id().equals(name))) {
            throw new RefusedException("there is a route '%s' already".formatted(name));
        }
        for (String subject : new String[]{from, to}) {
            if (!Subjects.isWellFormed(subject)) {
                throw new RefusedException("'%s' is no subject".formatted(subject));
            }
        }
        if (Subjects.hasWildcard(to)) {
            throw new RefusedException("a message cannot be sent to '%s'".formatted(to));
        }
        Optional<String> captor = captor(project, from);
        if (captor.isEmpty()) {
            throw new RefusedException(missing(from));
        }
        if (stream != null && project.stream(stream).filter(known -> known.touches(from)).isEmpty()) {
            throw new RefusedException("'%s' is captured by stream %s, not by %s".formatted(from, captor.get(), stream));
        }
        Published published = Published.in(project);
        if (!published.has(from)) {
            throw new RefusedException(unheard(from, published.insteadOf(from, project.stream(captor.get()).orElseThrow())));
        }
        Optional<String> stored = captor(project, to);
        if (stored.isEmpty() && !hasSchema(project, to)) {
            throw new RefusedException(missing(to) + "\nA subject that no stream keeps is published once it has a schema, src/main/resources/schemas/%s.v1.json.".formatted(to));
        }
        return new Flow(project, name, role, from, to, stream == null ? captor.get() : stream, stored, Optional.empty());
    }

    /** @param service that it asks about each message, null for none */
    Flow asking(String service) throws RefusedException {
        if (service != null && !service.matches(WORDS)) {
            throw new RefusedException("'%s' is no name of a service: lower-case words joined by dashes, such as price-service".formatted(service));
        }
        return new Flow(project, name, role, from, to, stream, stored, Optional.ofNullable(service));
    }

    private static Optional<String> captor(Project project, String subject) {
        return project.streams().stream().filter(stream -> stream.touches(subject)).map(NatsStream::name).findFirst();
    }

    private static String missing(String subject) {
        String first = subject.split("\\.")[0];
        return """
                no stream captures '%s'. Add one to ekko.nats.streams of src/main/resources/application.yaml, and to x-jetstream-streams of asyncapi/ekko.yaml:

                      %s:
                        subjects: %s.>
                        max-msgs: 100000
                        max-age: 7d""".formatted(subject, first.toUpperCase(), first);
    }

    /** @param instead what may be meant */
    private static String unheard(String subject, String instead) {
        return """
                nobody publishes '%1$s': it has no JSON Schema, no channel in asyncapi/ekko.yaml and no route that sends it%2$s
                Where a flow of this application is to publish it, write that flow first: bin/new-flow … --to <subject>.
                Where another application does, add src/main/resources/schemas/<subject>.v1.json and its channel first.""".formatted(subject, instead);
    }

    static boolean hasSchema(Project project, String subject) {
        return Files.exists(project.resources().resolve("schemas/%s.v1.json".formatted(subject)));
    }

    boolean isNewSubject() {
        return !hasSchema(project, to);
    }

    Path routeFile() {
        return project.resources().resolve("camel/%s/%s.camel.yaml".formatted(role, name));
    }

    Path schemaFile() {
        return project.resources().resolve("schemas/%s.v1.json".formatted(to));
    }

    Path contractFile() {
        return project.resources().resolve("asyncapi/ekko.yaml");
    }

    Path settingsFile() {
        return project.resources().resolve("application.yaml");
    }

    /** @return the key of a channel or message: {@code jobs.audit.done} is {@code jobsAuditDone} */
    static String key(String words) {
        String[] parts = words.split("[^A-Za-z0-9]+");
        return parts[0] + Arrays.stream(parts).skip(1).map(Flow::capital).collect(Collectors.joining());
    }

    /** @return a title: {@code tell-clients} is {@code Tell clients} */
    static String title(String words) {
        return capital(words.replaceAll("[^A-Za-z0-9]+", " "));
    }

    private static String capital(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
