package routes.workbench.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of a project that the route tools read. */
final class ProjectFiles {

    private static final String SETTINGS = "application[\\w-]*\\.ya?ml";

    private ProjectFiles() {
    }

    /** @return the texts of its settings and route files */
    static Map<Path, String> of(Path home) {
        Path resources = home.resolve("src/main/resources");
        List<Path> own = new ArrayList<>(list(resources, SETTINGS, 1));
        own.addAll(list(resources.resolve("camel"), ".+\\.camel\\.yaml", 5));
        Map<Path, String> texts = new LinkedHashMap<>();
        own.forEach(file -> texts.put(file, text(file)));
        return texts;
    }

    static boolean isSettings(Path file) {
        return file.getFileName().toString().matches(SETTINGS);
    }

    /** @param names regular expression of their names */
    static List<Path> list(Path folder, String names, int depth) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(folder, depth)) {
            return found.filter(Files::isRegularFile).filter(file -> file.getFileName().toString().matches(names)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be listed", e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
