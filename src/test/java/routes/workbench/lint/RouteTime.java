package routes.workbench.lint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import routes.workbench.model.Durations;
import routes.workbench.model.Endpoint;
import routes.workbench.model.Expression;
import routes.workbench.model.Place;
import routes.workbench.model.Project;
import routes.workbench.model.Route;
import routes.workbench.model.Step;
import routes.workbench.model.YamlNode;

/**
 * How long a route may take with one message by its own words: the delays it makes, and the time-outs of what it calls,
 * routes called by {@code direct:} included. Calls without a time-out count nothing.
 */
final class RouteTime {

    private static final List<String> TIME_OUTS = List.of("responseTimeout", "connectTimeout", "connectionRequestTimeout", "soTimeout",
            "requestTimeout", "receiveTimeout", "readTimeout", "timeout");
    private static final List<String> CALLS = List.of("direct", "batch");
    private static final List<String> OF_QUEUES = List.of("seda", "nats", "direct", "scheduler", "timer");
    /** Of a circuit breaker, in ms. */
    private static final long DEFAULT_TIME_OUT = 1_000;
    private static final double ENDLESS = 1e15;

    private final Project project;
    private final Set<Route> following = new HashSet<>();
    private final List<Part> parts = new ArrayList<>();

    /** @param certain whether it passes each time, and not only when something fails to answer */
    record Part(double millis, boolean certain, Place place, String what) {
    }

    RouteTime(Project project, Route route) {
        this.project = project;
        redeliveries(route);
        parts.addAll(follow(route));
    }

    /** A route that comes to itself again is not followed further. */
    private List<Part> follow(Route route) {
        if (!following.add(route)) {
            return List.of();
        }
        List<Part> found = route.steps().stream().flatMap(step -> of(step).stream()).toList();
        following.remove(route);
        return found;
    }

    private List<Part> of(Step step) {
        List<List<Part>> inner = step.steps().stream().map(this::of).toList();
        List<Part> found = new ArrayList<>(isOneOfMany(step) ? longest(inner) : inner.stream().flatMap(List::stream).toList());
        switch (step.eip()) {
            // nobody waits for it
            case "wireTap" -> {
                return found;
            }
            case "poll", "pollEnrich" -> project.settings().resolvedMillis(step.body().get("timeout").text())
                    .ifPresent(millis -> found.add(new Part(millis, false, step.body().get("timeout").place(), "poll")));
            case "delay" -> delay(step.body()).ifPresent(millis -> found.add(new Part(millis, true, place(step), "delay")));
            case "loop" -> {
                return repeated(step, found);
            }
            case "circuitBreaker" -> {
                return breaker(step, found);
            }
            default -> step.endpoints().forEach(endpoint -> call(endpoint, found));
        }
        return found;
    }

    /** Of several branches one is taken, or all at the same time. */
    private static boolean isOneOfMany(Step step) {
        return step.eip().equals("choice") || step.eip().equals("multicast") && step.body().get("parallelProcessing").text().equals("true");
    }

    private static List<Part> longest(List<List<Part>> branches) {
        return branches.stream().max(Comparator.comparingDouble(RouteTime::sum)).orElse(List.of());
    }

    private static double sum(List<Part> parts) {
        return parts.stream().mapToDouble(Part::millis).sum();
    }

    private Place place(Step step) {
        return Expression.of(step.body()).map(Expression::place).orElse(step.place());
    }

    private OptionalLong delay(YamlNode body) {
        return project.settings().resolvedMillis(Expression.of(body).map(Expression::text).orElse(body.text()));
    }

    /** So many times as it says, where that is known. */
    private List<Part> repeated(Step loop, List<Part> inside) {
        long times = Expression.of(loop.body()).map(Expression::text).flatMap(project.settings()::resolve)
                .filter(text -> text.matches("\\d{1,6}")).map(Long::valueOf).orElse(1L);
        return inside.stream().map(part -> new Part(part.millis() * times, part.certain(), part.place(), part.what())).toList();
    }

    private List<Part> breaker(Step step, List<Part> inside) {
        YamlNode settings = step.body().get("resilience4jConfiguration");
        if (!project.settings().resolve(settings.get("timeoutEnabled").text()).filter("true"::equalsIgnoreCase).isPresent()) {
            return inside;
        }
        YamlNode limit = settings.get(settings.has("timeoutDuration") ? "timeoutDuration" : "timeoutEnabled");
        OptionalLong millis = settings.has("timeoutDuration") ? project.settings().resolvedMillis(limit.text()) : OptionalLong.of(DEFAULT_TIME_OUT);
        return millis.isPresent() && (inside.isEmpty() || millis.getAsLong() < sum(inside))
                ? List.of(new Part(millis.getAsLong(), false, limit.place(), "circuit breaker")) : inside;
    }

    private void call(Endpoint endpoint, List<Part> found) {
        if (CALLS.contains(endpoint.scheme())) {
            project.routes().filter(route -> route.from().scheme().equals(endpoint.scheme()) && route.from().path().equals(endpoint.path())).findFirst()
                    .ifPresent(route -> found.addAll(follow(route)));
        } else if (endpoint.isNats() && endpoint.isTrue("requestReply")) {
            long patience = project.settings().millis("ekko.nats.jetstream-timeout", 5_000);
            found.add(new Part(endpoint.millis("requestTimeout").orElse(patience), false, endpoint.placeOf("requestTimeout"), "request"));
        } else if (!OF_QUEUES.contains(endpoint.scheme())) {
            TIME_OUTS.forEach(name -> endpoint.millis(name).ifPresent(millis -> found.add(new Part(millis, false, endpoint.placeOf(name), name))));
            endpoint.millis("template.queryTimeout").ifPresent(seconds -> found.add(new Part(seconds * 1000.0, false, endpoint.placeOf("template.queryTimeout"), "query")));
        }
    }

    private void redeliveries(Route route) {
        List<YamlNode> policies = new ArrayList<>();
        route.definition().get("errorHandler").entries().forEach(handler -> policies.add(handler.value().get("redeliveryPolicy")));
        route.file().all("errorHandler").forEach(handler -> handler.entries().forEach(entry -> policies.add(entry.value().get("redeliveryPolicy"))));
        route.file().all("onException").forEach(handler -> policies.add(handler.get("redeliveryPolicy")));
        policies.stream().filter(YamlNode::isMap).forEach(this::redeliveries);
    }

    private void redeliveries(YamlNode policy) {
        OptionalLong times = project.settings().resolvedMillis(policy.get("maximumRedeliveries").text().replaceFirst("^-", ""));
        boolean endless = policy.get("maximumRedeliveries").text().startsWith("-");
        double delay = project.settings().resolvedMillis(policy.get("redeliveryDelay").text()).orElse(1_000);
        double most = project.settings().resolvedMillis(policy.get("maximumRedeliveryDelay").text()).orElse(60_000);
        boolean grows = policy.get("useExponentialBackOff").text().equals("true") || policy.has("backOffMultiplier");
        double growth = grows ? Double.parseDouble(Optional.of(policy.get("backOffMultiplier").text()).filter(text -> text.matches("[\\d.]+")).orElse("2")) : 1;
        double sum = endless ? ENDLESS : 0;
        for (long i = 0; i < Math.min(times.orElse(0), 10_000); i++) {
            sum += Math.min(delay, Math.max(most, policy.has("maximumRedeliveryDelay") ? 0 : delay));
            delay *= growth;
        }
        if (sum > 0) {
            parts.add(new Part(sum, false, policy.has("redeliveryDelay") ? policy.get("redeliveryDelay").place() : policy.get("maximumRedeliveries").place(), "redeliveries"));
        }
    }

    double certain() {
        return parts.stream().filter(Part::certain).mapToDouble(Part::millis).sum();
    }

    double longest() {
        return sum(parts);
    }

    /** @return the part that takes longest */
    Optional<Part> largest() {
        return parts.stream().max(Comparator.comparingDouble(Part::millis));
    }

    static String readable(double millis) {
        return millis >= ENDLESS ? "without end" : Durations.readable(Math.round(millis));
    }
}
