package routes.workbench.lint;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import routes.workbench.model.Project;

/** The command {@code bin/lint}. */
public final class Lint {

    private static final String USAGE = """
            Usage: bin/lint [--json] [--warnings] [file or folder …]

            Checks Camel route files and application.yaml for what really goes wrong with Camel and NATS, offline. Without a
            file or folder: all of the project. Files from elsewhere are checked against the project: its beans, routes,
            streams and settings. A given route file stands in for the project's file of the same name.

              --json      print a JSON array of {file, line, rule, severity, message}
              --warnings  also print warnings; they never change the exit status
              --table     print the rules as docs/lint.md has them
              --help      this text

            Prints file:line: rule: message. Exit status: 0 no error, 1 errors, 2 wrong usage.

            Rules:
            """;
    private static final Pattern NAMES = Pattern.compile(".+\\.camel\\.ya?ml|application[\\w-]*\\.ya?ml");
    private static final Pattern ROUTES_OR_SETTINGS = Pattern.compile(
            "^- ?(route|from|rest|routeConfiguration|routeTemplate|templatedRoute|onException|beans|restConfiguration|errorHandler):|^(ekko|camel|spring)[.:]", Pattern.MULTILINE);
    private static final int ERRORS = 1;
    private static final int WRONG_USAGE = 2;

    private Lint() {
    }

    /** @param arguments as {@code --help} describes them */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(Path.of(System.getProperty("ekko.home", ".")).toAbsolutePath().normalize(), arguments, out, System.err));
    }

    static int run(Path home, String[] arguments, PrintStream out, PrintStream err) {
        List<String> names = new ArrayList<>();
        boolean json = false;
        boolean warnings = false;
        for (String argument : arguments) {
            switch (argument) {
                case "--help", "-h" -> {
                    out.print(usage());
                    return 0;
                }
                case "--table" -> {
                    out.print(table());
                    return 0;
                }
                case "--json" -> json = true;
                case "--warnings" -> warnings = true;
                default -> {
                    if (argument.startsWith("-")) {
                        err.println("bin/lint: there is no option " + argument + "; see bin/lint --help");
                        return WRONG_USAGE;
                    }
                    names.add(argument);
                }
            }
        }
        Map<Path, String> given = new LinkedHashMap<>();
        for (String name : names) {
            Path path = Path.of(name);
            if (!Files.exists(path)) {
                err.println("bin/lint: there is no " + name);
                return WRONG_USAGE;
            }
            files(path).forEach(file -> given.put(file, text(file)));
        }
        boolean all = warnings;
        List<Problem> problems = Linter.lint(home, names.isEmpty() ? own(home) : given).stream()
                .filter(problem -> all || problem.rule().isError()).toList();
        out.print(json ? json(problems) : text(problems));
        return problems.stream().anyMatch(problem -> problem.rule().isError()) ? ERRORS : 0;
    }

    static String usage() {
        StringBuilder text = new StringBuilder(USAGE);
        for (Rule rule : Rule.values()) {
            text.append("  %-38s %s%s%n".formatted(rule.id(), rule.isError() ? "" : "(warning) ", rule.reason()));
        }
        return text.toString();
    }

    /** @return the table of docs/lint.md */
    static String table() {
        StringBuilder text = new StringBuilder("| rule | | why |\n|---|---|---|\n");
        for (Rule rule : Rule.values()) {
            text.append("| `%s` | %s | %s |\n".formatted(rule.id(), rule.severity().name().toLowerCase(), rule.reason()));
        }
        return text.toString();
    }

    /** With paths as short as one would type them. */
    private static Map<Path, String> own(Path home) {
        Path here = Path.of("").toAbsolutePath();
        Map<Path, String> files = new LinkedHashMap<>();
        Project.ownFiles(home).forEach((file, text) -> files.put(file.startsWith(here) ? here.relativize(file) : file, text));
        return files;
    }

    private static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).filter(file -> file.toString().matches(".+\\.ya?ml"))
                    .filter(file -> NAMES.matcher(file.getFileName().toString()).matches() || ROUTES_OR_SETTINGS.matcher(text(file)).find()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be listed", e);
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static String text(List<Problem> problems) {
        StringBuilder text = new StringBuilder();
        problems.forEach(problem -> text.append(problem).append(System.lineSeparator()));
        return text.toString();
    }

    private static String json(List<Problem> problems) {
        ArrayNode array = new ObjectMapper().createArrayNode();
        problems.forEach(problem -> array.addObject().put("file", problem.place().file().toString()).put("line", problem.place().line())
                .put("rule", problem.rule().id()).put("severity", problem.rule().severity().name().toLowerCase()).put("message", problem.message()));
        return array.toPrettyString() + System.lineSeparator();
    }
}
