package routes.workbench.flow;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import routes.workbench.contracts.MessagesPage;
import routes.workbench.diagram.Diagram;
import routes.workbench.lint.Linter;
import routes.workbench.lint.Problem;
import routes.workbench.model.Project;

/** The command {@code bin/new-flow}. */
public final class NewFlow {

    private static final String USAGE = """
            Usage: bin/new-flow <name> --from <subject> --to <subject> [--call <service>] [--stream <stream>] [--role api|nlp|ops]

            Writes a flow that consumes one subject of JetStream and publishes another: the route file with its tests, and where what
            it publishes is a new subject its JSON Schema, its part of the AsyncAPI document and its metric label in application.yaml;
            allows its role at a secured NATS server what it needs (deploy/nats/rights); and draws docs/routes.md anew. All of it
            passes bin/lint and the tests as it is. It names each file that is new or has changed.

              <name>     of the route, its durable consumer and its file: lower-case words joined by dashes
              --from     what is consumed; a stream captures it, and somebody publishes it: it has a JSON Schema, a channel in
                         asyncapi/ekko.yaml or a route that sends it. What another application publishes gets schema and channel first
              --to       what is published; a stream captures it, or it has a schema and is not stored, such as ws.events
              --call     an HTTP service that it asks about each message, in a circuit breaker; its address is ekko.<service>.url
              --stream   the stream to consume from; found by itself otherwise
              --role     the folder under camel/, and so the role that runs the flow; ops otherwise: there it takes nothing away
                         from requests and sentences when the roles run apart
              --help     this text

            Exit status: 0 written, 1 refused (nothing is written), 2 wrong usage.
            """;
    private static final int REFUSED = 1;
    private static final int WRONG_USAGE = 2;

    private NewFlow() {
    }

    /** @param arguments as {@code --help} describes them */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(Path.of(System.getProperty("ekko.home", ".")).toAbsolutePath().normalize(), arguments, System.out, System.err));
    }

    static int run(Path home, String[] arguments, PrintStream out, PrintStream err) throws IOException {
        if (List.of(arguments).contains("--help")) {
            out.print(USAGE);
            return 0;
        }
        Map<String, String> options = options(arguments);
        if (options.containsKey("wrong") || !options.containsKey("name") || !options.containsKey("--from") || !options.containsKey("--to")) {
            err.println("bin/new-flow: " + options.getOrDefault("wrong", "name, --from and --to are needed") + "; see bin/new-flow --help");
            return WRONG_USAGE;
        }
        try {
            Project project = Project.read(home, Map.of());
            Flow flow = Flow.of(project, options.get("name"), options.getOrDefault("--role", "ops"), options.get("--from"), options.get("--to"), options.get("--stream"))
                    .asking(options.get("--call"));
            boolean isNewSubject = flow.isNewSubject(); // asked before its schema is there
            for (Map.Entry<Path, String> file : files(flow).entrySet()) {
                if (isChanged(file.getKey(), file.getValue())) {
                    Files.createDirectories(file.getKey().getParent());
                    Files.writeString(file.getKey(), file.getValue());
                    out.println(home.relativize(file.getKey()));
                }
            }
            // verify refuses a picture or a page that does not show the new flow
            Diagram.write(home);
            out.println("docs/routes.md");
            if (isNewSubject) {
                MessagesPage.write(home);
                out.println("src/main/resources/static/docs/messages.html");
            }
            out.println("Next: docs/routes-howto.md");
            return 0;
        } catch (RefusedException e) {
            err.println("bin/new-flow: " + e.getMessage());
            return REFUSED;
        }
    }

    private static boolean isChanged(Path file, String text) throws IOException {
        return !Files.exists(file) || !Files.readString(file).equals(text);
    }

    /** Every file of the flow by its path. */
    private static Map<Path, String> files(Flow flow) throws RefusedException, IOException {
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(flow.routeFile(), RouteText.of(flow));
        files.putAll(TestText.of(flow));
        if (flow.isNewSubject()) {
            files.put(flow.schemaFile(), SchemaText.of(flow));
        }
        for (Path file : files.keySet()) {
            if (Files.exists(file)) {
                throw new RefusedException("there is a %s already".formatted(flow.project().home().relativize(file)));
            }
        }
        if (flow.isNewSubject()) {
            files.put(flow.contractFile(), ContractText.with(flow, Files.readString(flow.contractFile())));
        }
        String settings = SettingsText.with(flow, Files.readString(flow.settingsFile()));
        files.put(flow.settingsFile(), settings);
        files.putAll(RightsText.of(flow));
        List<Problem> problems = Linter.lint(flow.project().home(), Map.of(flow.routeFile(), files.get(flow.routeFile()), flow.settingsFile(), settings));
        if (!problems.isEmpty()) {
            throw new RefusedException("the flow would not pass bin/lint:\n" + problems.stream()
                    .map(problem -> "  %s: %s".formatted(problem.rule().id(), problem.message())).collect(Collectors.joining("\n")));
        }
        return files;
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (List.of("--from", "--to", "--call", "--stream", "--role").contains(argument)) {
                if (i + 1 == arguments.length) {
                    options.put("wrong", argument + " lacks its value");
                } else {
                    options.put(argument, arguments[++i]);
                }
            } else if (argument.startsWith("-") || options.putIfAbsent("name", argument) != null) {
                options.put("wrong", "'%s' was not expected".formatted(argument));
            }
        }
        return options;
    }
}
