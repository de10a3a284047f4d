package routes.devservices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.util.FileSystemUtils;

/**
 * The folder of one server: its data, its log, its lock. Kept between runs, or made for one server under {@code target/devservices}
 * and emptied of everything but the log when that server stops.
 */
record ServerDirectory(Path path, boolean kept) {

    private static final AtomicInteger COUNT = new AtomicInteger();

    static ServerDirectory kept(Path path) {
        return new ServerDirectory(path.toAbsolutePath().normalize(), true);
    }

    static ServerDirectory temporary(String kind) {
        String name = kind + "-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        Path path = ProjectHome.target().resolve("devservices").resolve(name);
        delete(path); // of an earlier process with the same number
        return new ServerDirectory(path, false);
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    void clean(String data) {
        if (!kept) {
            delete(resolve(data));
        }
    }

    private static void delete(Path path) {
        try {
            FileSystemUtils.deleteRecursively(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
