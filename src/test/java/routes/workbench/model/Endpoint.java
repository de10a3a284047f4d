package routes.workbench.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.apache.camel.tooling.model.ComponentModel;

/** One use of an endpoint: its scheme, path and options, whether they stand in the URI or under {@code parameters}. */
public final class Endpoint {

    private final boolean consumer;
    private final String raw;
    private final Place place;
    private final String scheme;
    private final String path;
    private final boolean shorthand;
    private final Map<String, Option> options = new LinkedHashMap<>();
    private final Settings settings;
    private final Optional<ComponentModel> model;

    /**
     * @param raw   as it is written
     * @param value with the placeholders resolved; null where that cannot be
     */
    public record Option(String name, String raw, String value, Place place) {

        /** @return whether its value is known before the application runs */
        public boolean isKnown() {
            return value != null && !value.contains("${");
        }
    }

    private Endpoint(boolean consumer, String uri, Place place, YamlNode parameters, Settings settings, Catalog catalog) {
        this.consumer = consumer;
        this.raw = uri;
        this.place = place;
        this.settings = settings;
        String resolved = settings.resolve(uri).orElse(uri);
        int query = queryAt(resolved);
        String before = query < 0 ? resolved : resolved.substring(0, query);
        int colon = before.indexOf(':');
        this.shorthand = query >= 0;
        this.scheme = colon < 0 ? before : before.substring(0, colon);
        this.model = scheme.contains("{") ? Optional.empty() : catalog.component(scheme);
        if (shorthand) {
            query(resolved.substring(query + 1));
        }
        parameters.entries().forEach(entry -> add(entry.key(), entry.value().isScalar() ? entry.value().text() : "", entry.place()));
        String remaining = colon < 0 ? "" : before.substring(colon + 1).replaceFirst("^//", "");
        this.path = remaining.isEmpty() ? pathOption() : remaining;
    }

    static Endpoint consumer(String uri, Place place, YamlNode parameters, Settings settings, Catalog catalog) {
        return new Endpoint(true, uri, place, parameters, settings, catalog);
    }

    static Endpoint producer(String uri, Place place, YamlNode parameters, Settings settings, Catalog catalog) {
        return new Endpoint(false, uri, place, parameters, settings, catalog);
    }

    /** Not the question mark of {@code ${x ? y : z}} or of an optional placeholder. */
    private static int queryAt(String uri) {
        int depth = 0;
        for (int i = 0; i < uri.length(); i++) {
            char at = uri.charAt(i);
            depth += at == '{' ? 1 : at == '}' ? -1 : 0;
            if (at == '?' && depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private void query(String query) {
        for (String pair : query.split("&(?![^(]*\\))")) {
            String[] parts = pair.replaceFirst("^amp;", "").split("=", 2);
            if (!parts[0].isBlank()) {
                add(parts[0], parts.length == 2 ? parts[1] : "", place);
            }
        }
    }

    private void add(String name, String text, Place at) {
        options.put(name, new Option(name, text, settings.resolve(text).orElse(null), at));
    }

    private String pathOption() {
        return model.map(ComponentModel::getEndpointPathOptions).orElse(List.of()).stream()
                .map(option -> options.get(option.getName())).filter(option -> option != null)
                .map(option -> option.value() == null ? option.raw() : option.value()).reduce((one, other) -> one + "/" + other).orElse("");
    }

    public boolean isConsumer() {
        return consumer;
    }

    public boolean isNats() {
        return scheme.equals("nats");
    }

    /** @return whether it goes through a stream: JetStream is asked for */
    public boolean isJetStream() {
        return isNats() && isTrue("jetstreamEnabled");
    }

    /** @return whether part of the path is only known at run time, or is a parameter of a template */
    public boolean isDynamic() {
        return path.contains("${") || path.contains("{{") || path.isEmpty();
    }

    /** @return whether options stand in the URI */
    public boolean isShorthand() {
        return shorthand;
    }

    public String raw() {
        return raw;
    }

    public String scheme() {
        return scheme;
    }

    /** @return what follows the scheme, or the option that stands for it: subject, name, query */
    public String path() {
        return path;
    }

    public Place place() {
        return place;
    }

    /** @return where the path is written */
    public Place pathPlace() {
        return model.map(ComponentModel::getEndpointPathOptions).orElse(List.of()).stream()
                .map(option -> options.get(option.getName())).filter(option -> option != null).map(Option::place).findFirst().orElse(place);
    }

    public Optional<ComponentModel> model() {
        return model;
    }

    public List<Option> options() {
        return new ArrayList<>(options.values());
    }

    public Optional<Option> option(String name) {
        return options.values().stream().filter(option -> option.name().equalsIgnoreCase(name)).findFirst();
    }

    /** @return the value of an option where it is set and known */
    public Optional<String> value(String name) {
        return option(name).filter(Option::isKnown).map(Option::value).filter(value -> !value.isBlank());
    }

    public boolean isTrue(String name) {
        return value(name).filter("true"::equalsIgnoreCase).isPresent();
    }

    public OptionalLong millis(String name) {
        return value(name).map(Durations::millis).orElse(OptionalLong.empty());
    }

    public Place placeOf(String option) {
        return option(option).map(Option::place).orElse(place);
    }

    @Override
    public String toString() {
        return path.isEmpty() ? scheme : scheme + ":" + path;
    }
}
