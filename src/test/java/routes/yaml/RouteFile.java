package routes.yaml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.citrusframework.TestSource;
import org.citrusframework.common.TestLoader;
import org.citrusframework.exceptions.TestCaseFailedException;
import org.citrusframework.yaml.YamlTestLoader;

/** One test in YAML. */
public record RouteFile(Path folder, Path path) {

    private static final String SUFFIX = ".citrus.it.yaml";

    /** All of a folder and those in it, in order of their names. */
    public static List<RouteFile> in(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(path -> path.toString().endsWith(SUFFIX)).sorted().map(path -> new RouteFile(folder, path)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its path below the folder, without the suffix: {@code settle-alert/dead-letter}. */
    public String name() {
        String name = folder.relativize(path).toString().replace('\\', '/');
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /** @throws AssertionError when it fails, with file, line and action */
    public void run(RouteTests tests) throws IOException {
        ActionTrace trace = new ActionTrace(Files.readString(path, StandardCharsets.UTF_8));
        YamlTestLoader loader = new YamlTestLoader();
        loader.setSource(new TestSource(TestLoader.YAML, name(), path.toUri().toString()));
        try {
            tests.run(loader, trace);
        } catch (TestCaseFailedException e) {
            throw new AssertionError(path + trace.where() + trace.what(e), e);
        }
    }
}
