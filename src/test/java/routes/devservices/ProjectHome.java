package routes.devservices;

import java.nio.file.Files;
import java.nio.file.Path;

/** The project's folder: where {@code bin/nats-server} is, and where data, logs and caches of the development services go. */
final class ProjectHome {

    private static final String FINDER = "bin/nats-server";

    private ProjectHome() {
    }

    static Path path() {
        String named = System.getProperty("ekko.dev.home");
        if (named != null) {
            return Path.of(named).toAbsolutePath().normalize();
        }
        Path start = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(FINDER))) {
                return folder;
            }
        }
        throw new IllegalStateException("No " + FINDER + " in " + start + " or above: name the project's folder by -Dekko.dev.home=…");
    }

    static Path natsServerFinder() {
        return path().resolve(FINDER);
    }

    static Path target() {
        return path().resolve("target");
    }

    static Path cache() {
        return path().resolve(".cache");
    }
}
