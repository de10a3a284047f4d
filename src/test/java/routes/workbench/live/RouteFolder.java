package routes.workbench.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Looks at all route files below a folder, again and again: the operating system tells neither of a folder that is made later nor,
 * through Camel's watcher, of a file that is deleted.
 */
final class RouteFolder {

    private static final String ROUTE_FILE = ".camel.yaml";

    private final Path folder;
    private Map<Path, String> texts;
    private Set<Path> missing = Set.of();

    /** @param gone those that are deleted */
    record Change(Map<Path, String> changed, Set<Path> gone) {
    }

    RouteFolder(Path folder) throws IOException {
        this.folder = folder;
        texts = read();
    }

    /** @return the text of each file as it was at the last look */
    Map<Path, String> texts() {
        return Map.copyOf(texts);
    }

    /** @return what is different since the last look */
    Change look() throws IOException {
        Map<Path, String> now = read();
        Map<Path, String> changed = new TreeMap<>(now);
        changed.entrySet().removeIf(file -> file.getValue().equals(texts.get(file.getKey())));
        Set<Path> absent = new HashSet<>(texts.keySet());
        absent.removeAll(now.keySet());
        // an editor may take a file away before it puts the new one there: gone is what is still absent at the next look
        Set<Path> gone = new HashSet<>(absent);
        gone.retainAll(missing);
        missing = absent;
        texts.putAll(changed);
        texts.keySet().removeAll(gone);
        return new Change(changed, gone);
    }

    private Map<Path, String> read() throws IOException {
        Map<Path, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(path -> path.toString().endsWith(ROUTE_FILE)).toList()) {
                String text = Files.readString(file);
                // an editor empties a file before it writes it
                if (!text.isBlank()) {
                    found.put(file, text);
                } else if (texts != null && texts.containsKey(file)) {
                    found.put(file, texts.get(file));
                }
            }
        } catch (NoSuchFileException | java.io.UncheckedIOException e) {
            // something was deleted between finding and reading it: the next look sees it
            return texts == null ? new TreeMap<>() : texts;
        }
        return found;
    }
}
