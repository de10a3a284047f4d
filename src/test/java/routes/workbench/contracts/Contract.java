package routes.workbench.contracts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** The files that say what the application promises: REST contract, AsyncAPI document and JSON Schemas, by their paths below a folder. */
record Contract(TreeMap<String, String> files) {

    static final String REST = "static/openapi.yaml";
    static final String MESSAGES = "asyncapi/ekko.yaml";
    private static final String SCHEMAS = "schemas";
    /** Reads JSON, too. */
    private static final YAMLMapper YAML = new YAMLMapper();

    static Contract in(Path folder) {
        TreeMap<String, String> files = new TreeMap<>();
        try (Stream<Path> schemas = Files.list(folder.resolve(SCHEMAS))) {
            for (Path file : Stream.concat(schemas, Stream.of(folder.resolve(REST), folder.resolve(MESSAGES))).toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The contract in " + folder + " cannot be read", e);
        }
        return new Contract(files);
    }

    /** @return how a newer contract breaks this one */
    Set<Breach> breachesIn(Contract newer) {
        Set<Breach> found = new TreeSet<>();
        files.keySet().forEach(file -> {
            BiConsumer<Part, String> breaches = (part, what) -> found.add(new Breach(file, part.path(), what));
            Part before = part(file);
            Part now = newer.part(file);
            if (!now.exists()) {
                breaches.accept(before, "is removed");
                return;
            }
            switch (file) {
                case REST -> new OpenApiComparison(breaches).compare(before, now);
                case MESSAGES -> new AsyncApiComparison(breaches).compare(before, now);
                default -> new SchemaComparison(breaches).compare(before, now, Direction.BOTH);
            }
        });
        return found;
    }

    /** @return the whole of a file; of one that there is not, a part that does not exist */
    Part part(String file) {
        try {
            JsonNode document = files.containsKey(file) ? YAML.readTree(files.get(file)) : MissingNode.getInstance();
            return Part.of(document);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
