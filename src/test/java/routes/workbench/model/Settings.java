package routes.workbench.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of {@code application.yaml} and its profiles, with the places they are written at. Environment variables
 * count with their defaults: what is looked at is the project, not a machine.
 */
public final class Settings {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^${}:]+)(?::([^${}]*))?}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");
    private static final int DEEPEST = 10;

    private final List<Map<String, Setting>> layers = new ArrayList<>();

    /**
     * @param key  as it is written, levels separated by dots
     * @param text as it is written
     */
    public record Setting(String key, String text, Place place) {

        /** @return the value where no environment variable is set */
        public String value() {
            String value = text;
            for (int i = 0; i < DEEPEST && VARIABLE.matcher(value).find(); i++) {
                value = VARIABLE.matcher(value).replaceAll(variable -> Matcher.quoteReplacement(variable.group(2) == null ? "" : variable.group(2)));
            }
            return value;
        }
    }

    /** Adds a document; what an earlier one has set stays. */
    public void add(YamlNode document) {
        Map<String, Setting> layer = new LinkedHashMap<>();
        flatten("", document, layer);
        layers.add(layer);
    }

    private static void flatten(String key, YamlNode node, Map<String, Setting> layer) {
        node.entries().forEach(entry -> flatten(key.isEmpty() ? entry.key() : key + "." + entry.key(), entry.value(), layer));
        List<YamlNode> items = node.items();
        for (int i = 0; i < items.size(); i++) {
            flatten(key + "[" + i + "]", items.get(i), layer);
        }
        if (!node.isMap() && !node.isList()) {
            layer.put(canonical(key), new Setting(key, node.text(), node.place()));
        }
    }

    /** As Spring binds: neither letter case nor dashes matter. */
    private static String canonical(String key) {
        return key.toLowerCase().replace("-", "").replace("_", "");
    }

    public Optional<Setting> get(String key) {
        return layers.stream().map(layer -> layer.get(canonical(key))).filter(setting -> setting != null).findFirst();
    }

    /** @return the value, or the one that holds when nothing is set */
    public String value(String key, String otherwise) {
        return get(key).map(Setting::value).filter(value -> !value.isEmpty()).orElse(otherwise);
    }

    /** @return a time in milliseconds */
    public long millis(String key, long otherwise) {
        return Durations.millis(value(key, "")).orElse(otherwise);
    }

    /** @return the names right below a prefix: {@code ekko.breakers} gives the breakers */
    public Set<String> names(String prefix) {
        Set<String> names = new LinkedHashSet<>();
        layers.forEach(layer -> layer.values().forEach(setting -> below(prefix, setting).ifPresent(rest -> names.add(rest.split("[.\\[]", 2)[0]))));
        return names;
    }

    /** @return what is set below a prefix, by the first document that sets anything there */
    public Map<String, Setting> below(String prefix) {
        for (Map<String, Setting> layer : layers) {
            Map<String, Setting> found = new LinkedHashMap<>();
            layer.values().forEach(setting -> below(prefix, setting).ifPresent(rest -> found.put(rest, setting)));
            if (!found.isEmpty()) {
                return found;
            }
        }
        return Map.of();
    }

    private static Optional<String> below(String prefix, Setting setting) {
        String key = setting.key();
        boolean inside = key.length() > prefix.length() && key.charAt(prefix.length()) == '.'
                && canonical(key).startsWith(canonical(prefix) + ".");
        return inside ? Optional.of(key.substring(prefix.length() + 1)) : Optional.empty();
    }

    /** @return whether a document that goes before another says something else than it */
    public boolean isChanged(String key) {
        return layers.stream().map(layer -> layer.get(canonical(key))).filter(setting -> setting != null).map(Setting::text).distinct().count() > 1;
    }

    /** @return every setting, also those that another document hides */
    public List<Setting> all() {
        return layers.stream().flatMap(layer -> layer.values().stream()).toList();
    }

    /**
     * Puts values in the place of {@code {{placeholders}}}, as Camel does.
     *
     * @return empty when one of them has neither value nor default
     */
    public Optional<String> resolve(String text) {
        String result = text;
        for (int i = 0; i < DEEPEST; i++) {
            Matcher placeholder = PLACEHOLDER.matcher(result);
            if (!placeholder.find()) {
                return Optional.of(result);
            }
            Optional<String> value = placeholder(placeholder.group(1).strip());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            result = result.substring(0, placeholder.start()) + value.get() + result.substring(placeholder.end());
        }
        return Optional.empty();
    }

    /** @return whether a placeholder's inner text has a value, a default, or is read from elsewhere at run time */
    public boolean knows(String inner) {
        return inner.matches("\\??(env|sys|bean|service|secret|configmap|aws|gcp|azure|hashicorp|ibm):.*") || placeholder(inner.strip()).isPresent();
    }

    private Optional<String> placeholder(String inner) {
        if (inner.startsWith("?")) {
            return get(inner.substring(1)).map(Setting::value);
        }
        String name = inner;
        int negated = name.startsWith("!") ? 1 : 0;
        int colon = name.indexOf(':', negated);
        String otherwise = colon < 0 ? null : name.substring(colon + 1);
        if (inner.matches("(env|sys):.*")) {
            int second = inner.indexOf(':', colon + 1);
            return second < 0 ? Optional.empty() : Optional.of(inner.substring(second + 1));
        }
        return get(colon < 0 ? name.substring(negated) : name.substring(negated, colon)).map(Setting::value)
                .or(() -> Optional.ofNullable(otherwise));
    }

    /** @return the placeholders of a text, without their braces */
    public static List<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** @return milliseconds of a text that may hold placeholders */
    public OptionalLong resolvedMillis(String text) {
        return text == null ? OptionalLong.empty() : resolve(text).map(Durations::millis).orElse(OptionalLong.empty());
    }
}
