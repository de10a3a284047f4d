package routes.workbench.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the route tools look at: the route files and settings of the project, and files that were given besides. A given
 * file stands in for the project's file of the same name; of settings it says what it says and leaves the rest.
 */
public final class Project {

    /** Some megabytes of text, the same for every project. */
    private static final Catalog CATALOG = new Catalog();
    private static final String SETTINGS = "application[\\w-]*\\.ya?ml";
    private static final Pattern JAVA_CONSUMER = Pattern.compile("from\\(\\s*\"([^\"]+)\"");
    private static final Pattern OPERATION = Pattern.compile("^\\s*operationId:\\s*[\"']?(\\w+)", Pattern.MULTILINE);
    private static final Pattern SCHEMA = Pattern.compile("(.+)\\.v\\d+\\.json");

    private final Path home;
    private final Settings settings = new Settings();
    private final Beans beans;
    private final Map<Path, BadYamlException> broken = new LinkedHashMap<>();
    private final Map<Path, YamlNode> documents = new LinkedHashMap<>();
    private final List<RouteFile> files = new ArrayList<>();
    private final Set<Path> given = new HashSet<>();
    private final List<Endpoint> javaConsumers = new ArrayList<>();
    private List<NatsStream> streams;

    private Project(Path home) {
        this.home = home;
        this.beans = new Beans(home.resolve("target/classes"));
    }

    /**
     * @param home  the project's folder
     * @param given files to look at; their texts by path
     */
    public static Project read(Path home, Map<Path, String> given) {
        Project project = new Project(home);
        Map<Path, String> texts = new LinkedHashMap<>(given);
        Set<Path> names = new HashSet<>();
        given.forEach((file, text) -> {
            if (!isSettings(file)) {
                names.add(file.getFileName());
            }
        });
        project.own().stream().filter(file -> !names.contains(file.getFileName())).forEach(file -> texts.putIfAbsent(file, text(file)));
        project.given.addAll(given.keySet());
        texts.forEach(project::parse);
        project.assemble();
        return project;
    }

    /** @return the files of the project that the tools look at */
    public static Map<Path, String> ownFiles(Path home) {
        Map<Path, String> texts = new LinkedHashMap<>();
        new Project(home).own().forEach(file -> texts.put(file, text(file)));
        return texts;
    }

    private List<Path> own() {
        List<Path> own = new ArrayList<>(list(resources(), SETTINGS, 1));
        own.addAll(list(resources().resolve("camel"), ".+\\.camel\\.yaml", 5));
        return own;
    }

    private static List<Path> list(Path folder, String names, int depth) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(folder, depth)) {
            return found.filter(Files::isRegularFile).filter(file -> file.getFileName().toString().matches(names)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be listed", e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private void parse(Path file, String text) {
        try {
            List<YamlNode> all = YamlNode.documents(file, text);
            boolean routes = !isSettings(file) && (file.toString().endsWith(".camel.yaml") || all.stream().noneMatch(YamlNode::isMap)
                    || all.get(0).entries().stream().anyMatch(entry -> RouteFile.KINDS.contains(entry.key())));
            if (routes) {
                all.stream().findFirst().ifPresent(document -> documents.put(file, document));
            } else {
                all.forEach(settings::add);
            }
        } catch (BadYamlException e) {
            broken.put(file, e);
        }
    }

    private static boolean isSettings(Path file) {
        return file.getFileName().toString().matches(SETTINGS);
    }

    private void assemble() {
        streams = NatsStream.of(settings);
        Endpoints endpoints = new Endpoints(settings, CATALOG);
        documents.forEach((file, document) -> files.add(new RouteFile(file, document, endpoints)));
        files.forEach(file -> file.entries().stream().filter(entry -> entry.key().equals("beans") || entry.key().equals("routeTemplate")).forEach(entry ->
                (entry.key().equals("beans") ? entry.value() : entry.value().get("beans")).items()
                        .forEach(bean -> beans.declare(bean.get("name").text(), bean.get("type").text()))));
        for (Path source : list(home.resolve("src/main/java"), ".+\\.java", 20)) {
            Matcher consumer = JAVA_CONSUMER.matcher(text(source));
            while (consumer.find()) {
                javaConsumers.add(Endpoint.consumer(consumer.group(1), new Place(source, 1), NO_PARAMETERS, settings, CATALOG));
            }
        }
    }

    private static final YamlNode NO_PARAMETERS = nothing();

    private static YamlNode nothing() {
        try {
            return YamlNode.documents(Path.of(""), "{}").get(0);
        } catch (BadYamlException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path home() {
        return home;
    }

    public Path resources() {
        return home.resolve("src/main/resources");
    }

    public Catalog catalog() {
        return CATALOG;
    }

    public Settings settings() {
        return settings;
    }

    public Beans beans() {
        return beans;
    }

    public List<NatsStream> streams() {
        return streams;
    }

    public Optional<NatsStream> stream(String name) {
        return streams.stream().filter(stream -> stream.name().equals(name)).findFirst();
    }

    /** @return the files that are no YAML, with the reason */
    public Map<Path, BadYamlException> broken() {
        return broken;
    }

    public List<RouteFile> files() {
        return files;
    }

    public Stream<Route> routes() {
        return files.stream().flatMap(file -> file.routes().stream());
    }

    public Stream<Endpoint> endpoints() {
        return files.stream().flatMap(RouteFile::allEndpoints);
    }

    /** @return whether problems in this file are asked for */
    public boolean isGiven(Path file) {
        return given.contains(file);
    }

    /** @return endpoints that routes in Java consume */
    public List<Endpoint> javaConsumers() {
        return javaConsumers;
    }

    /** @return the operations of the REST contract: each is served by {@code direct:<operationId>} */
    public Set<String> operations() {
        Path contract = resources().resolve("static/openapi.yaml");
        Set<String> found = new TreeSet<>();
        if (Files.exists(contract)) {
            OPERATION.matcher(text(contract)).results().forEach(operation -> found.add(operation.group(1)));
        }
        return found;
    }

    /** @return subjects without wildcards that messages are known to have: those with a schema, a metric, or a route that publishes them */
    public Set<String> knownSubjects() {
        Set<String> subjects = new TreeSet<>();
        list(resources().resolve("schemas"), ".+\\.json", 1).forEach(file -> {
            Matcher schema = SCHEMA.matcher(file.getFileName().toString());
            if (schema.matches() && schema.group(1).contains(".")) {
                subjects.add(schema.group(1));
            }
        });
        settings.below("ekko.nats.metrics").forEach((key, setting) -> {
            if (key.startsWith("subjects")) {
                subjects.add(setting.value());
            }
        });
        endpoints().filter(endpoint -> endpoint.isNats() && !endpoint.isDynamic()).map(Endpoint::path).forEach(subjects::add);
        subjects.removeIf(subject -> Subjects.hasWildcard(subject) || !Subjects.isWellFormed(subject));
        return subjects;
    }
}
