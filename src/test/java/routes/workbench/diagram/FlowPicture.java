package routes.workbench.diagram;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import routes.workbench.diagram.MermaidGraph.Shape;
import routes.workbench.model.Endpoint;
import routes.workbench.model.NatsStream;
import routes.workbench.model.Project;
import routes.workbench.model.Route;
import routes.workbench.model.Step;

/** Draws routes with what they read from and send to: subjects, streams, the database, breakers, dead letters. */
final class FlowPicture {

    private static final Set<String> INNER = Set.of("direct", "seda", "batch");
    private static final Set<String> UNSEEN = Set.of("log", "mock");
    private static final Pattern OUTBOX_SUBJECT = Pattern.compile("'([a-z][a-z_-]*(?:\\.[a-z][a-z_-]*)+)'");
    private static final Pattern STATEMENT = Pattern.compile("classpath:(.+\\.sql)");

    private final Project project;
    private final MermaidGraph graph = new MermaidGraph();

    private FlowPicture(Project project) {
        this.project = project;
    }

    static String of(Project project, Collection<Route> routes) {
        FlowPicture picture = new FlowPicture(project);
        routes.forEach(picture::route);
        return picture.graph.render();
    }

    private void route(Route route) {
        String node = graph.node(Shape.ROUTE, route.id());
        source(route.from(), node);
        route.steps().forEach(step -> step(step, node));
        boolean shared = route.from().isJetStream() && route.text("routeConfigurationId").isEmpty() && !route.body().has("errorHandler");
        boolean endless = route.from().value("maxDeliver").filter("-1"::equals).isPresent();
        if (shared && !endless) {
            String letter = "dlq." + route.from().path();
            graph.dotted(node, graph.node(Shape.DEAD_LETTER, letter), "last delivery failed");
            project.streams().stream().filter(stream -> stream.captures(letter)).findFirst()
                    .ifPresent(stream -> graph.line(graph.node(Shape.DEAD_LETTER, letter), graph.node(Shape.STREAM, stream.name()), ""));
        }
    }

    private void source(Endpoint from, String node) {
        if (from.isNats()) {
            String subject = graph.node(Shape.SUBJECT, from.path());
            if (from.isJetStream()) {
                stream(from).ifPresent(stream -> graph.line(graph.node(Shape.STREAM, stream), subject, ""));
            }
            graph.line(subject, node, from.value("durableName").or(() -> from.value("queueName")).orElse(""));
        } else if (from.scheme().equals("direct") && project.operations().contains(from.path())) {
            graph.line(graph.node(Shape.OUTSIDE, "REST client"), node, from.path());
        } else if (!INNER.contains(from.scheme())) {
            graph.line(graph.node(Shape.OUTSIDE, from.scheme()), node, "");
        }
    }

    private void step(Step step, String from) {
        String at = from;
        if (step.eip().equals("circuitBreaker")) {
            String name = step.body().get("resilience4jConfiguration").get("circuitBreaker").text();
            at = graph.node(Shape.BREAKER, "breaker " + (name.isEmpty() ? step.id() : name));
            graph.line(from, at, "");
        }
        boolean inBreaker = at.startsWith("breaker");
        if (inBreaker && step.eip().equals("bean")) {
            graph.line(at, graph.node(Shape.CALL, step.body().get("ref").text() + "." + step.body().get("method").text().replaceFirst("\\(.*", "")), "");
        }
        for (Endpoint endpoint : step.endpoints()) {
            endpoint(endpoint, step, at);
        }
        for (Step inner : step.steps()) {
            step(inner, at);
        }
    }

    private void endpoint(Endpoint endpoint, Step step, String from) {
        if (endpoint.isNats()) {
            // the stem dlq is completed by a header: dead letters of any subject
            String subject = graph.node(Shape.SUBJECT, endpoint.path());
            graph.line(from, subject, endpoint.isTrue("requestReply") ? "request" : "");
            if (endpoint.isJetStream()) {
                stream(endpoint).ifPresent(stream -> graph.line(subject, graph.node(Shape.STREAM, stream), ""));
            }
        } else if (endpoint.scheme().equals("sql")) {
            String database = graph.node(Shape.DATABASE, "PostgreSQL");
            graph.line(from, database, step.id());
            events(endpoint, database);
        } else if (INNER.contains(endpoint.scheme())) {
            inner(endpoint, from);
        } else if (!UNSEEN.contains(endpoint.scheme())) {
            graph.line(from, graph.node(Shape.CALL, endpoint.toString()), step.id());
        }
    }

    private void inner(Endpoint endpoint, String from) {
        List<Route> consumers = project.routes().filter(route -> route.from().toString().equals(endpoint.toString())).toList();
        consumers.forEach(route -> graph.line(from, graph.node(Shape.ROUTE, route.id()), ""));
        if (consumers.isEmpty()) {
            graph.line(from, graph.node(Shape.CALL, endpoint.toString()), "");
        }
    }

    /** The subjects of the events that a statement writes into the outbox. */
    private void events(Endpoint sql, String database) {
        STATEMENT.matcher(sql.path()).results().map(found -> project.resources().resolve(found.group(1))).filter(Files::exists).map(FlowPicture::text)
                .filter(statement -> statement.contains("INSERT INTO outbox"))
                .forEach(statement -> OUTBOX_SUBJECT.matcher(statement).results().map(found -> found.group(1)).distinct().forEach(name ->
                        project.streams().stream().filter(stream -> stream.captures(name)).findFirst().ifPresent(stream -> {
                            String subject = graph.node(Shape.SUBJECT, name);
                            graph.dotted(database, subject, "outbox");
                            graph.line(subject, graph.node(Shape.STREAM, stream.name()), "");
                        })));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private Optional<String> stream(Endpoint endpoint) {
        return endpoint.value("jetstreamName").or(() -> project.streams().stream().filter(stream -> stream.touches(endpoint.path())).map(NatsStream::name).findFirst());
    }
}
