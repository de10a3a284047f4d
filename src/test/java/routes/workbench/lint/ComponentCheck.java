package routes.workbench.lint;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.ComponentOptionModel;
import org.apache.camel.tooling.model.ComponentModel.EndpointOptionModel;
import routes.workbench.model.Durations;
import routes.workbench.model.Endpoint;
import routes.workbench.model.Endpoint.Option;
import routes.workbench.model.Misspelt;
import routes.workbench.model.Project;

/** Endpoints have a component that is known, options it knows, and values it takes. */
final class ComponentCheck implements Check {

    /** Shorter names are alike by chance: a parameter of one's own is no misspelt option. */
    private static final int LONGEST_CHANCE = 8;

    @Override
    public void check(Project project, Report report) {
        project.files().stream().filter(file -> project.isGiven(file.path())).flatMap(file -> file.allEndpoints()).forEach(endpoint -> check(endpoint, report));
    }

    private static void check(Endpoint endpoint, Report report) {
        if (endpoint.scheme().isEmpty() || endpoint.scheme().contains("{")) {
            return;
        }
        if (endpoint.model().isEmpty()) {
            report.add(Rule.UNKNOWN_COMPONENT, "there is no component '%s'".formatted(endpoint.scheme()), endpoint.place());
            return;
        }
        ComponentModel model = endpoint.model().get();
        endpoint.options().forEach(option -> check(endpoint, model, option, report));
        required(endpoint, model, report);
        if (endpoint.isNats()) {
            nats(endpoint, report);
        }
    }

    private static void check(Endpoint endpoint, ComponentModel model, Option option, Report report) {
        if (endpoint.isNats() && NatsOptions.knows(option.name())) {
            if (option.isKnown()) {
                NatsOptions.fault(option.name(), option.value()).ifPresent(fault -> report.add(Rule.INVALID_OPTION, fault, option.place()));
            }
            return;
        }
        Optional<EndpointOptionModel> known = find(model, option.name());
        if (known.isEmpty()) {
            if (!isSentAlong(endpoint, model, option.name())) {
                report.add(Rule.UNKNOWN_OPTION, "%s has no option '%s'%s".formatted(endpoint.scheme(), option.name(), nearest(endpoint, model, option.name())), option.place());
            }
        } else if (option.isKnown() && !takes(known.get(), option.value())) {
            report.add(Rule.INVALID_OPTION, "%s takes %s, not '%s'".formatted(option.name(), described(known.get()), option.value()), option.place());
        }
    }

    /** What http: does not know is part of the address; a name that is nearly an option is meant to be one. */
    private static boolean isSentAlong(Endpoint endpoint, ComponentModel model, String name) {
        return model.isLenientProperties() && (model.getComponentOptions().stream().anyMatch(option -> option.getName().equals(name)) || nearest(endpoint, model, name).isEmpty());
    }

    private static Optional<EndpointOptionModel> find(ComponentModel model, String name) {
        return model.getEndpointOptions().stream().filter(option -> option.getName().equalsIgnoreCase(name)
                || option.isMultiValue() && option.getPrefix() != null && name.startsWith(option.getPrefix())).findFirst();
    }

    private static boolean takes(EndpointOptionModel option, String value) {
        // a bean, or a value that is to be taken as it is
        if (value.startsWith("#") || value.startsWith("RAW(") || value.isBlank()) {
            return true;
        }
        if (option.getEnums() != null && !option.getEnums().isEmpty()) {
            return option.getEnums().stream().anyMatch(word -> plain(word).equals(plain(value)));
        }
        return switch (option.getType()) {
            case "boolean" -> value.matches("(?i)true|false");
            case "integer", "number" -> value.matches("[-+]?\\d+(\\.\\d+)?") || option.getType().equals("integer") && Durations.millis(value).isPresent();
            case "duration" -> value.startsWith("-") || Durations.millis(value).isPresent();
            default -> true;
        };
    }

    private static String plain(String word) {
        return word.toLowerCase().replace("-", "").replace("_", "");
    }

    private static String described(EndpointOptionModel option) {
        if (option.getEnums() != null && !option.getEnums().isEmpty()) {
            return "one of " + option.getEnums();
        }
        return switch (option.getType()) {
            case "boolean" -> "true or false";
            case "duration" -> "a time such as 5000 or 5s";
            default -> "a number";
        };
    }

    private static void required(Endpoint endpoint, ComponentModel model, Report report) {
        if (endpoint.raw().contains("{{") && endpoint.path().isEmpty()) {
            return;
        }
        for (EndpointOptionModel option : model.getEndpointOptions()) {
            boolean inPath = "path".equals(option.getKind());
            boolean there = inPath && !endpoint.path().isEmpty() || endpoint.option(option.getName()).filter(set -> !set.raw().isBlank()).isPresent();
            if (option.isRequired() && !there && option.getDefaultValue() == null) {
                report.add(Rule.MISSING_OPTION, "%s needs the option '%s'".formatted(endpoint.scheme(), option.getName()), endpoint.placeOf(option.getName()));
            }
        }
    }

    /** What the component of this application asks for beyond single options. */
    private static void nats(Endpoint endpoint, Report report) {
        if (endpoint.isConsumer() && endpoint.isJetStream()) {
            List.of("jetstreamName", "durableName").forEach(name -> {
                if (endpoint.option(name).filter(option -> !option.raw().isBlank()).isEmpty()) {
                    report.add(Rule.MISSING_OPTION, "a JetStream consumer needs the option '%s'".formatted(name), endpoint.place());
                }
            });
        }
        if (endpoint.isConsumer() && endpoint.option("jetstreamEnabled").isEmpty()) {
            List.of("jetstreamName", "durableName").forEach(name -> endpoint.option(name).ifPresent(option -> report.add(Rule.MISSING_OPTION,
                    "%s without jetstreamEnabled: true is a subscription that keeps and acknowledges nothing".formatted(name), option.place())));
        }
        if (endpoint.isTrue("batching") && endpoint.isTrue("manualAck")) {
            report.add(Rule.INVALID_OPTION, "batching excludes manualAck: the messages of a batch are settled by the consumer", endpoint.placeOf("batching"));
        }
        if (endpoint.value("pullSubscription").filter("false"::equalsIgnoreCase).isPresent()) {
            report.add(Rule.INVALID_OPTION, "JetStream is consumed by durable pull consumers: pullSubscription=false is not supported", endpoint.placeOf("pullSubscription"));
        }
    }

    private static String nearest(Endpoint endpoint, ComponentModel model, String name) {
        Stream<String> names = model.getEndpointOptions().stream().map(EndpointOptionModel::getName);
        if (endpoint.isNats()) {
            names = Stream.concat(names, NatsOptions.names().stream());
        } else if (model.isLenientProperties()) {
            // http: takes its time-outs by the name that they have in the component
            names = Stream.concat(names, model.getComponentOptions().stream().map(ComponentOptionModel::getName)).filter(known -> known.length() > LONGEST_CHANCE);
        }
        return Misspelt.of(name, names, model.isLenientProperties() ? 2 : 3).map("; is it '%s'?"::formatted).orElse("");
    }
}
