package routes.workbench.diagram;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

import routes.workbench.model.Project;

/** The command {@code bin/diagram}. */
public final class Diagram {

    private static final String USAGE = """
            Usage: bin/diagram           draws the routes into docs/routes.md
                   bin/diagram --check   only says whether docs/routes.md is current
                   bin/diagram --help    this text

            Exit status: 0 done or current, 1 not current, 2 wrong usage.
            """;
    private static final int NOT_CURRENT = 1;
    private static final int WRONG_USAGE = 2;

    private Diagram() {
    }

    /** @param arguments as {@code --help} describes them */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(Path.of(System.getProperty("ekko.home", ".")).toAbsolutePath().normalize(), arguments, System.out, System.err));
    }

    static int run(Path home, String[] arguments, PrintStream out, PrintStream err) throws IOException {
        String mode = String.join(" ", arguments);
        switch (mode) {
            case "--help", "-h" -> out.print(USAGE);
            case "" -> write(home);
            case "--check" -> {
                if (!isCurrent(home)) {
                    err.println("bin/diagram: docs/routes.md is not current: run bin/diagram");
                    return NOT_CURRENT;
                }
            }
            default -> {
                err.println("bin/diagram: wrong usage; see bin/diagram --help");
                return WRONG_USAGE;
            }
        }
        return 0;
    }

    /** Draws docs/routes.md anew. */
    public static void write(Path home) throws IOException {
        Path document = home.resolve("docs/routes.md");
        Files.createDirectories(document.getParent());
        Files.writeString(document, draw(home));
    }

    static boolean isCurrent(Path home) throws IOException {
        Path document = home.resolve("docs/routes.md");
        return Files.exists(document) && Files.readString(document).replace("\r\n", "\n").equals(draw(home));
    }

    static String draw(Path home) {
        return RoutesDocument.of(Project.read(home, Project.ownFiles(home)));
    }
}
