package routes.workbench.lint;

import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;

import routes.workbench.model.Endpoint;
import routes.workbench.model.Expression;
import routes.workbench.model.NatsStream;
import routes.workbench.model.Place;
import routes.workbench.model.Project;
import routes.workbench.model.Route;
import routes.workbench.model.RouteFile;
import routes.workbench.model.Step;
import routes.workbench.model.Subjects;

/** Subjects are well formed, and what goes through JetStream is captured by the stream it should be. */
final class SubjectCheck implements Check {

    private static final String OVERRIDE = "CamelNatsOverrideSubject";

    @Override
    public void check(Project project, Report report) {
        Set<String> known = project.knownSubjects();
        project.endpoints().filter(endpoint -> endpoint.isNats() && !endpoint.path().isEmpty())
                .forEach(endpoint -> check(endpoint, known, project, report));
        project.files().stream().flatMap(RouteFile::allSteps).filter(SubjectCheck::overrides).forEach(step -> overridden(step, project, report));
        project.streams().forEach(stream -> stream.subjects().forEach(pattern -> known.stream()
                .filter(subject -> Subjects.endsBefore(pattern.text(), subject) && project.streams().stream().noneMatch(other -> other.captures(subject))).findFirst()
                .ifPresent(subject -> report.add(Rule.SHORT_WILDCARD, "'%s' of stream %s does not capture %s: * is one token, > any number"
                        .formatted(pattern.text(), stream.name(), subject), pattern.place()))));
        project.streams().forEach(stream -> stream.subjects().stream().filter(pattern -> !Subjects.isWellFormed(pattern.text()))
                .forEach(pattern -> report.add(Rule.MALFORMED_SUBJECT, "'%s' is no subject".formatted(pattern.text()), pattern.place())));
    }

    private static void check(Endpoint endpoint, Set<String> known, Project project, Report report) {
        // what is only known at run time may be anything, but no more than one token is counted on
        boolean open = endpoint.isDynamic();
        String subject = open ? Subjects.pattern(endpoint.path()) : endpoint.path();
        if (open && subject.matches("[*.]+")) {
            return;
        }
        if (!Subjects.isWellFormed(subject) || !endpoint.isConsumer() && !open && Subjects.hasWildcard(subject)) {
            report.add(Rule.MALFORMED_SUBJECT, endpoint.isConsumer() || !Subjects.hasWildcard(subject) ? "'%s' is no subject".formatted(endpoint.path())
                    : "a message cannot be sent to '%s'".formatted(endpoint.path()), endpoint.pathPlace());
            return;
        }
        if (endpoint.isConsumer() && isTooShort(subject, known)) {
            report.add(Rule.SHORT_WILDCARD, "'%s' matches no known subject, and %s has more tokens: * is one token, > any number".formatted(subject,
                    known.stream().filter(each -> Subjects.endsBefore(subject, each)).findFirst().orElseThrow()), endpoint.pathPlace());
        }
        if (endpoint.isJetStream()) {
            captured(endpoint, subject, open || endpoint.isConsumer(), project, report);
        }
    }

    private static boolean isTooShort(String filter, Set<String> known) {
        return known.stream().noneMatch(subject -> Subjects.covers(filter, subject)) && known.stream().anyMatch(subject -> Subjects.endsBefore(filter, subject));
    }

    private static void captured(Endpoint endpoint, String subject, boolean partly, Project project, Report report) {
        Optional<NatsStream> captor = project.streams().stream().filter(stream -> partly ? stream.touches(subject) : stream.captures(subject)).findFirst();
        Optional<String> name = endpoint.value("jetstreamName");
        Optional<NatsStream> named = name.flatMap(project::stream);
        Place[] places = {endpoint.pathPlace(), named.map(stream -> stream.subjects().isEmpty() ? stream.place() : stream.subjects().get(0).place()).orElse(endpoint.place())};
        if (captor.isEmpty() && !isOverridden(endpoint, subject, project)) {
            report.add(Rule.UNCAPTURED_SUBJECT, "no stream of ekko.nats.streams captures '%s'".formatted(subject), places);
        } else if (name.isPresent() && named.isEmpty()) {
            report.add(Rule.WRONG_STREAM, "ekko.nats.streams has no stream %s".formatted(name.get()), endpoint.placeOf("jetstreamName"));
        } else if (captor.isPresent() && named.isPresent() && !named.get().touches(subject)) {
            report.add(Rule.WRONG_STREAM, "'%s' is captured by stream %s, not by %s".formatted(subject, captor.get().name(), name.get()), endpoint.placeOf("jetstreamName"));
        }
    }

    /** The stem of subjects that a header completes, such as dlq: it has a schema of its own, or the route sets the header. */
    private static boolean isOverridden(Endpoint endpoint, String subject, Project project) {
        boolean stem = Files.exists(project.resources().resolve("schemas/%s.v1.json".formatted(subject)))
                && project.streams().stream().anyMatch(stream -> stream.captures(subject + ".any"));
        return !endpoint.isConsumer() && (stem || project.files().stream().filter(file -> file.allEndpoints().anyMatch(other -> other.place().equals(endpoint.place())))
                .flatMap(RouteFile::allSteps).anyMatch(SubjectCheck::overrides));
    }

    private static boolean overrides(Step step) {
        return step.eip().equals("setHeader") && step.body().get("name").text().equals(OVERRIDE);
    }

    private static void overridden(Step step, Project project, Report report) {
        Optional<Route> route = project.routes().filter(each -> each.allSteps().anyMatch(step::equals)).findFirst();
        boolean stored = route.stream().flatMap(Route::producers).anyMatch(Endpoint::isJetStream);
        Expression.of(step.body()).filter(expression -> stored && expression.language().matches("constant|simple")).ifPresent(expression -> {
            String subject = project.settings().resolve(expression.text()).orElse("${}").replaceAll("\\$\\{[^}]*}", "*");
            if (!subject.equals("*") && project.streams().stream().noneMatch(stream -> stream.touches(subject))) {
                report.add(Rule.UNCAPTURED_SUBJECT, "no stream of ekko.nats.streams captures '%s'".formatted(subject), expression.place());
            }
        });
    }
}
