package routes.workbench.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private static final Pattern JAVA_CONSUMER = Pattern.compile("from\\(\\s*\"([^\"]+)\"");

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
            if (!ProjectFiles.isSettings(file)) {
                names.add(file.getFileName());
            }
        });
        ownFiles(home).forEach((file, text) -> {
            if (!names.contains(file.getFileName())) {
                texts.putIfAbsent(file, text);
            }
        });
        project.given.addAll(given.keySet());
        texts.forEach(project::parse);
        project.assemble();
        return project;
    }

    /** @return the files of the project that the tools look at */
    public static Map<Path, String> ownFiles(Path home) {
        return ProjectFiles.of(home);
    }

    private void parse(Path file, String text) {
        try {
            List<YamlNode> all = YamlNode.documents(file, text);
            boolean routes = !ProjectFiles.isSettings(file) && (file.toString().endsWith(".camel.yaml") || all.stream().noneMatch(YamlNode::isMap)
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

    private void assemble() {
        streams = NatsStream.of(settings);
        Endpoints endpoints = new Endpoints(settings, CATALOG);
        documents.forEach((file, document) -> files.add(new RouteFile(file, document, endpoints)));
        files.forEach(file -> file.declaredBeans().forEach(bean -> beans.declare(bean.get("name").text(), bean.get("type").text())));
        for (Path source : ProjectFiles.list(home.resolve("src/main/java"), ".+\\.java", 20)) {
            Matcher consumer = JAVA_CONSUMER.matcher(ProjectFiles.text(source));
            while (consumer.find()) {
                javaConsumers.add(Endpoint.consumer(consumer.group(1), new Place(source, 1), YamlNode.NOTHING, settings, CATALOG));
            }
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
        return new Promises(this).operations();
    }

    /** @return subjects without wildcards that messages are known to have: those with a schema, a metric, or a route that publishes them */
    public Set<String> knownSubjects() {
        return new Promises(this).subjects();
    }
}
