package routes.workbench.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import routes.workbench.model.YamlNode.Entry;

/** A file of routes and of what stands beside them: configurations, error handlers, REST, beans. */
public final class RouteFile {

    /** What a route file is made of. */
    public static final Set<String> KINDS = Set.of("beans", "dataFormats", "errorHandler", "from", "intercept", "interceptFrom",
            "interceptSendToEndpoint", "onCompletion", "onException", "rest", "restConfiguration", "route", "routeConfiguration",
            "routeTemplate", "templatedRoute");
    private static final Set<String> CONFIGURATION_PARTS = Set.of("onException", "onCompletion", "intercept", "interceptFrom", "interceptSendToEndpoint");

    private final Path path;
    private final YamlNode document;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<Step> handlers = new ArrayList<>();
    private final Endpoints endpoints;

    RouteFile(Path path, YamlNode document, Endpoints endpoints) {
        this.path = path;
        this.document = document;
        this.endpoints = endpoints;
        document.items().forEach(item -> entries.addAll(item.entries()));
        entries.forEach(this::read);
    }

    private void read(Entry entry) {
        YamlNode body = entry.value();
        switch (entry.key()) {
            case "route" -> route(entry, body.get("from"));
            case "from" -> route(entry, body);
            case "routeTemplate" -> route(entry, body.has("route") ? body.get("route").get("from") : body.get("from"));
            case "routeConfiguration" -> CONFIGURATION_PARTS.forEach(part -> body.get(part).items()
                    .forEach(item -> item.entries().forEach(inner -> handlers.add(Step.of(part, inner.place(), inner.value(), endpoints)))));
            default -> {
                if (CONFIGURATION_PARTS.contains(entry.key())) {
                    handlers.add(Step.of(entry.key(), entry.place(), body, endpoints));
                }
            }
        }
    }

    private void route(Entry entry, YamlNode from) {
        if (from.exists()) {
            YamlNode holder = entry.value().has("route") ? entry.value().get("route") : entry.value();
            Place at = holder.entry("from").map(Entry::place).orElse(entry.place());
            routes.add(new Route(entry.key(), entry.place(), entry.value(), endpoints.consumer(from, at),
                    Step.list(from.get("steps"), endpoints), this));
        }
    }

    public Path path() {
        return path;
    }

    public YamlNode document() {
        return document;
    }

    /** @return what the file is made of, in its order */
    public List<Entry> entries() {
        return entries;
    }

    public Stream<YamlNode> all(String kind) {
        return entries.stream().filter(entry -> entry.key().equals(kind)).map(Entry::value);
    }

    public List<Route> routes() {
        return routes;
    }

    /** @return the beans that the file declares, for itself or in its templates */
    public Stream<YamlNode> declaredBeans() {
        return Stream.concat(all("beans"), all("routeTemplate").map(template -> template.get("beans"))).flatMap(beans -> beans.items().stream());
    }

    /** @return exception handlers, interceptors and the like, of the file itself and of its route configurations */
    public List<Step> handlers() {
        return handlers;
    }

    /** @return every step of routes and handlers */
    public Stream<Step> allSteps() {
        return Stream.concat(routes.stream().flatMap(Route::allSteps), handlers.stream().flatMap(Step::withInner));
    }

    /** @return every endpoint, consumed or sent to, REST verbs and dead letter channels too */
    public Stream<Endpoint> allEndpoints() {
        Stream<Endpoint> used = Stream.concat(routes.stream().map(Route::from), allSteps().flatMap(step -> step.endpoints().stream()));
        return Stream.concat(used, entries.stream().flatMap(this::besideRoutes));
    }

    private Stream<Endpoint> besideRoutes(Entry entry) {
        return switch (entry.key()) {
            case "rest" -> Stream.of("get", "post", "put", "patch", "delete", "head").flatMap(verb -> entry.value().get(verb).items().stream())
                    .flatMap(verb -> verb.entry("to").stream()).flatMap(to -> endpoints.of("to", to.place(), to.value()).stream());
            case "errorHandler" -> deadLetter(entry.value());
            case "routeTemplate" -> deadLetter(entry.value().get("route").get("errorHandler"));
            case "route", "routeConfiguration" -> deadLetter(entry.value().get("errorHandler"));
            default -> Stream.empty();
        };
    }

    private Stream<Endpoint> deadLetter(YamlNode errorHandler) {
        Optional<Entry> uri = errorHandler.get("deadLetterChannel").entry("deadLetterUri");
        return uri.stream().flatMap(to -> endpoints.of("to", to.place(), to.value()).stream());
    }
}
