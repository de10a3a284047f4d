package routes.workbench.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the route tools read of the project, in another folder: there they may write. */
final class ProjectCopy {

    private static final List<Path> READ = List.of(Path.of("src/main/resources"), Path.of("deploy/nats/rights"), Path.of("src/main/java/routes/outbox/OutboxRelayRoute.java"), Path.of("target/classes/routes"));

    private ProjectCopy() {
    }

    static void into(Path home) {
        for (Path read : READ) {
            try (Stream<Path> files = Files.walk(read)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.createDirectories(home.resolve(file).getParent());
                    Files.copy(file, home.resolve(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
