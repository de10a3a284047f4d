package routes.workbench.lint;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import routes.nats.NatsHeaderFilterStrategy;
import routes.nats.NatsHeaders;
import routes.workbench.model.Beans;
import routes.workbench.model.Endpoint;
import routes.workbench.model.Expression;
import routes.workbench.model.Place;
import routes.workbench.model.Project;
import routes.workbench.model.Route;
import routes.workbench.model.RouteFile;
import routes.workbench.model.Step;
import routes.workbench.model.YamlNode;

/** No route lets through what NatsHeaderFilterStrategy keeps back, or carries it past under another name. */
final class HeaderCheck implements Check {

    private static final Pattern NATS_NAME = Pattern.compile("(?i)nats-.*");
    private static final Pattern HTTP_NAME = Pattern.compile("(?i)(proxy-)?authorization|cookie|set-cookie");
    private static final Pattern NATS_TAKEN = Pattern.compile("(?i)\\$\\{(in\\.)?(headers?[.\\[:]|headerAs\\()['\"]?nats-");
    /** The property that the consumer sets is the Nats-Msg-Id of what came in. */
    private static final Pattern SAME_ID = Pattern.compile("\\$\\{exchangeProperty[.\\[:]['\"]?message_id['\"]?]?}");
    private static final Pattern KEPT = Pattern.compile("(?i)nats-|authorization|cookie");
    private static final Pattern HTTP_TAKEN = Pattern.compile("(?i)\\$\\{(in\\.)?(headers?[.\\[:]|headerAs\\()['\"]?((proxy-)?authorization|cookie)");

    @Override
    public void check(Project project, Report report) {
        project.endpoints().filter(Endpoint::isNats).forEach(endpoint -> endpoint.option("headerFilterStrategy").ifPresent(option ->
                strategy(option.value() == null ? option.raw() : option.value(), option.place(), project, report)));
        project.settings().get("camel.component.nats.header-filter-strategy").ifPresent(setting -> strategy(setting.value(), setting.place(), project, report));
        project.files().stream().flatMap(RouteFile::allSteps).forEach(step -> headers(step).forEach(header -> natsHeader(header, report)));
        project.routes().forEach(route -> {
            httpHeaders(route, report);
            sameId(route, project, report);
        });
        project.routes().filter(route -> route.producers().anyMatch(endpoint -> endpoint.isNats() && !endpoint.isConsumer())).flatMap(Route::allSteps)
                .filter(step -> step.eip().equals("removeHeaders")).map(step -> step.body().get("excludePattern")).filter(kept -> KEPT.matcher(kept.text()).find())
                .forEach(kept -> report.add(Rule.FORWARDED_HEADERS, "'%s' keeps headers that are not for NATS".formatted(kept.text()), kept.place()));
    }

    private static void strategy(String reference, Place place, Project project, Report report) {
        String name = reference.replaceFirst("^#(bean:|class:)?", "");
        Optional<Class<?>> type = project.beans().type(name).or(() -> Beans.load(name));
        if (type.filter(NatsHeaderFilterStrategy.class::isAssignableFrom).isEmpty()) {
            report.add(Rule.FORWARDED_HEADERS, "%s takes the place of NatsHeaderFilterStrategy, which keeps back Nats-*, Camel* and HTTP headers".formatted(reference), place);
        }
    }

    /** What a step sets: itself, or the items of setHeaders. */
    private static List<YamlNode> headers(Step step) {
        return switch (step.eip()) {
            case "setHeader" -> List.of(step.body());
            case "setHeaders" -> step.body().get("headers").items();
            default -> List.of();
        };
    }

    private static void natsHeader(YamlNode header, Report report) {
        String name = header.get("name").text();
        if (NATS_NAME.matcher(name).matches()) {
            report.add(Rule.FORWARDED_HEADERS, "%s is the server's: a message id is set by CamelNatsMessageId".formatted(name), header.get("name").place());
        }
        Expression.of(header).ifPresent(expression -> {
            boolean takes = NATS_TAKEN.matcher(expression.text()).find() || expression.language().equals("header") && NATS_NAME.matcher(expression.text()).matches();
            if (takes) {
                report.add(Rule.FORWARDED_HEADERS, "%s takes over a Nats-* header of the message that came in".formatted(name), expression.place());
            }
        });
    }

    /** An HTTP header set or copied for NATS: nothing but a publish follows it. */
    private static void httpHeaders(Route route, Report report) {
        List<Step> steps = route.allSteps().toList();
        for (int i = 0; i < steps.size(); i++) {
            for (YamlNode header : headers(steps.get(i))) {
                String name = header.get("name").text();
                Optional<Expression> copied = Expression.of(header).filter(expression -> HTTP_TAKEN.matcher(expression.text()).find()
                        || expression.language().equals("header") && HTTP_NAME.matcher(expression.text()).matches());
                if ((HTTP_NAME.matcher(name).matches() || copied.isPresent()) && nextIsNats(steps.subList(i + 1, steps.size()))) {
                    report.add(Rule.FORWARDED_HEADERS, "%s of an HTTP request goes out to NATS".formatted(name),
                            HTTP_NAME.matcher(name).matches() ? header.get("name").place() : copied.orElseThrow().place());
                }
            }
        }
    }

    /** A stream takes what has the id of the message it came from for that message once more, and drops it. */
    private static void sameId(Route route, Project project, Report report) {
        List<Step> steps = route.allSteps().toList();
        for (int i = 0; i < steps.size(); i++) {
            for (YamlNode header : headers(steps.get(i))) {
                Optional<Expression> same = Expression.of(header).filter(expression -> header.get("name").text().equals(NatsHeaders.MESSAGE_ID)
                        && SAME_ID.matcher(expression.text().strip()).matches());
                if (same.isPresent() && nextIsInStreamOf(route.from(), steps.subList(i + 1, steps.size()), project)) {
                    report.add(Rule.FORWARDED_HEADERS, "the id of the message that came in makes the next a duplicate in the same stream: add something to it", same.get().place());
                }
            }
        }
    }

    private static boolean nextIsInStreamOf(Endpoint from, List<Step> steps, Project project) {
        return from.isJetStream() && steps.stream().flatMap(step -> step.endpoints().stream()).filter(Endpoint::isNats).findFirst()
                .filter(to -> project.streams().stream().anyMatch(stream -> stream.touches(from.path()) && stream.captures(to.path()))).isPresent();
    }

    private static boolean nextIsNats(List<Step> steps) {
        return steps.stream().flatMap(step -> step.endpoints().stream()).filter(endpoint -> endpoint.isNats() || endpoint.scheme().contains("http"))
                .findFirst().filter(Endpoint::isNats).isPresent();
    }
}
