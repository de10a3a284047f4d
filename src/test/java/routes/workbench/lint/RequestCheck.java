package routes.workbench.lint;

import java.util.Optional;

import routes.workbench.model.Endpoint;
import routes.workbench.model.NatsStream;
import routes.workbench.model.Place;
import routes.workbench.model.Project;
import routes.workbench.model.Route;
import routes.workbench.model.RouteFile;
import routes.workbench.model.Settings.Setting;
import routes.workbench.model.Step;
import routes.workbench.model.Subjects;

/** Requests and streams keep apart: the reply to a request must not be a PubAck. */
final class RequestCheck implements Check {

    @Override
    public void check(Project project, Report report) {
        project.endpoints().filter(endpoint -> endpoint.isNats() && !endpoint.path().isEmpty()).forEach(endpoint -> request(endpoint, project, report));
        project.files().stream().flatMap(RouteFile::allSteps).forEach(step -> step.endpoints().stream().filter(Endpoint::isNats)
                .forEach(endpoint -> pattern(step, endpoint, project, report)));
        project.routes().forEach(route -> patternOfRoute(route, project, report));
        project.endpoints().filter(Endpoint::isNats).forEach(endpoint -> option(endpoint, project, report));
    }

    private static void request(Endpoint endpoint, Project project, Report report) {
        boolean responder = endpoint.isConsumer() && !endpoint.isJetStream() && (endpoint.value("queueName").isPresent() || endpoint.value("serviceName").isPresent());
        boolean requester = !endpoint.isConsumer() && endpoint.isTrue("requestReply");
        if (!responder && !requester) {
            return;
        }
        // of a subject that is partly known only what is captured whatever the rest becomes
        String subject = Subjects.pattern(endpoint.path());
        project.streams().stream().filter(stream -> endpoint.isDynamic() ? stream.captures(subject) : stream.touches(subject)).findFirst().ifPresent(stream -> {
            Place pattern = stream.subjects().stream().filter(captured -> Subjects.overlap(captured.text(), subject))
                    .map(Setting::place).findFirst().orElse(stream.place());
            report.add(Rule.REQUEST_ON_STREAM, "stream %s captures '%s', and answers its requests with PubAcks".formatted(stream.name(), endpoint.path()),
                    endpoint.pathPlace(), pattern);
        });
    }

    private static Optional<String> stream(Endpoint endpoint, Project project) {
        return project.streams().stream().filter(stream -> stream.captures(endpoint.path())).map(NatsStream::name).findFirst()
                .or(() -> endpoint.isJetStream() ? Optional.of("of '%s'".formatted(endpoint.path())) : Optional.empty());
    }

    private static void pattern(Step step, Endpoint endpoint, Project project, Report report) {
        if (step.eip().equals("enrich") && !endpoint.isTrue("requestReply")) {
            stream(endpoint, project).ifPresent(stream -> report.add(Rule.IN_OUT_PUBLISH, "enrich waits for a reply, on stream %s".formatted(stream), endpoint.place()));
        }
        if (step.body().get("pattern").text().equalsIgnoreCase("InOut") && !endpoint.isTrue("requestReply")) {
            stream(endpoint, project).ifPresent(stream -> report.add(Rule.IN_OUT_PUBLISH,
                    "pattern InOut on stream %s".formatted(stream), step.body().get("pattern").place()));
        }
    }

    private static void option(Endpoint endpoint, Project project, Report report) {
        if (endpoint.value("exchangePattern").filter("InOut"::equalsIgnoreCase).isPresent() && (!endpoint.isConsumer() || endpoint.isJetStream())) {
            stream(endpoint, project).ifPresent(stream -> report.add(Rule.IN_OUT_PUBLISH,
                    "exchangePattern InOut on stream %s".formatted(stream), endpoint.placeOf("exchangePattern")));
        }
        if (endpoint.isTrue("requestReply") && endpoint.isJetStream()) {
            report.add(Rule.IN_OUT_PUBLISH, "requestReply and jetstreamEnabled exclude each other", endpoint.placeOf("requestReply"));
        }
    }

    /** Either can be mended: where the pattern is set, or where it is published with it. */
    private static void bothEnds(String stream, Place set, Place published, Report report) {
        report.add(Rule.IN_OUT_PUBLISH, "pattern InOut on stream %s, at line %d".formatted(stream, published.line()), set);
        report.add(Rule.IN_OUT_PUBLISH, "published to stream %s with the pattern InOut of line %d".formatted(stream, set.line()), published);
    }

    /** The pattern that a step sets holds for all that follow it. */
    private static void patternOfRoute(Route route, Project project, Report report) {
        Step setter = null;
        for (Step step : route.allSteps().toList()) {
            if (step.eip().equals("setExchangePattern")) {
                String pattern = step.body().isScalar() ? step.body().text() : step.body().get("pattern").text();
                setter = pattern.equalsIgnoreCase("InOut") ? step : null;
            }
            if (setter != null && step.body().get("pattern").text().isEmpty()) {
                Place place = setter.body().isScalar() ? setter.place() : setter.body().get("pattern").place();
                step.endpoints().stream().filter(endpoint -> endpoint.isNats() && !endpoint.isConsumer() && !endpoint.isTrue("requestReply"))
                        .forEach(endpoint -> stream(endpoint, project).ifPresent(stream -> bothEnds(stream, place, endpoint.place(), report)));
            }
        }
    }
}
