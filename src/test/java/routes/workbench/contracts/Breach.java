package routes.workbench.contracts;

/**
 * What somebody who keeps to the released contract would stumble over.
 *
 * @param path JSON path in the released file
 */
record Breach(String file, String path, String what) implements Comparable<Breach> {

    @Override
    public int compareTo(Breach other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return "%s: %s: %s".formatted(file, path, what);
    }
}
