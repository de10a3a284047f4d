package routes.workbench.model;

import java.nio.file.Path;

/**
 * A line of a file.
 *
 * @param line counted from 1
 */
public record Place(Path file, int line) {
}
