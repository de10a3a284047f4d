package routes.devservices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** As whom PostgreSQL runs: as ourselves, but never as root, which it refuses. */
record PostgresUser(List<String> prefix, int owner) {

    private static final int ROOT = 0;
    private static final int NOBODY = 65_534;

    // Looks like nobody to the server, and stays root to the file system.
    private static final PostgresUser ROOT_IN_A_NAMESPACE = new PostgresUser(List.of("unshare", "-U"), ROOT);

    // Where containers forbid namespaces. The capability lets nobody reach a project folder that only root may enter.
    private static final PostgresUser NOBODY_WITH_ACCESS = new PostgresUser(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY,
            "--clear-groups", "--inh-caps=+dac_override", "--ambient-caps=+dac_override"), NOBODY);

    /** The user for a server whose programs and data are in these folders. */
    static PostgresUser forFolders(Path programs, Path data) {
        if (!Command.run(List.of("id", "-u")).outputOrThrow().equals(Integer.toString(ROOT))) {
            return new PostgresUser(List.of(), -1);
        }
        return waysOutOfRoot(programs, data).findFirst()
                .orElseThrow(() -> new IllegalStateException("PostgreSQL refuses to run as root, and neither unshare nor setpriv can"
                        + " make another user of us here. Run as an ordinary user, or name a server by SPRING_DATASOURCE_URL."));
    }

    static Stream<PostgresUser> waysOutOfRoot(Path programs, Path data) {
        return Stream.of(ROOT_IN_A_NAMESPACE, NOBODY_WITH_ACCESS).filter(user -> user.canUse(programs, data));
    }

    List<String> command(Path program, String... arguments) {
        List<String> line = new ArrayList<>(prefix);
        line.add(program.toString());
        line.addAll(List.of(arguments));
        return line;
    }

    /** Takes over data that an earlier run has left to another user: PostgreSQL accepts only its own. */
    void takeOver(Path data) {
        try {
            if (owner < 0 || Files.getAttribute(data, "unix:uid").equals(owner)) {
                return;
            }
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.setAttribute(file, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean canUse(Path programs, Path data) {
        List<String> probe = new ArrayList<>(prefix);
        probe.addAll(List.of("sh", "-c", "id -un && test \"$(id -u)\" != 0 && test -x \"$1/bin/postgres\" && test -w \"$2\"", "sh",
                programs.toString(), data.toString()));
        try {
            return Command.run(probe).succeeded();
        } catch (UncheckedIOException noSuchProgram) {
            return false;
        }
    }
}
