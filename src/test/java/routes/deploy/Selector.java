package routes.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PromQL expression asks for: {@code name{label="value"}}.
 *
 * @param matchers the operator and value of each label, such as {@code =~"a|b"}
 */
record Selector(String metric, Map<String, String> matchers) {

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern SELECTOR = Pattern.compile("(?<![\\w:$.])([a-zA-Z_:][\\w:]*)\\s*(\\{[^}]*})?(?!\\s*\\(|[\\w:])");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*§(\\d+)§");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool", "by", "without");

    /** @return the selectors of an expression, in order */
    static List<Selector> in(String expression) {
        // what stands in strings is no syntax, so it waits aside
        List<String> strings = new ArrayList<>();
        String plain = STRING.matcher(expression).replaceAll(string -> {
            strings.add(string.group().substring(1, string.group().length() - 1));
            return "§" + (strings.size() - 1) + "§";
        });
        plain = GROUPING.matcher(plain.replaceAll("\\[[^]]*]", "")).replaceAll("");
        List<Selector> selectors = new ArrayList<>();
        Matcher found = SELECTOR.matcher(plain);
        while (found.find()) {
            if (!WORDS.contains(found.group(1))) {
                selectors.add(new Selector(found.group(1), matchers(found.group(2), strings)));
            }
        }
        return selectors;
    }

    private static Map<String, String> matchers(String braces, List<String> strings) {
        Map<String, String> matchers = new LinkedHashMap<>();
        if (braces != null) {
            MATCHER.matcher(braces).results().forEach(matcher ->
                    matchers.put(matcher.group(1), matcher.group(2) + strings.get(Integer.parseInt(matcher.group(3)))));
        }
        return matchers;
    }

    Selector without(Set<String> labels) {
        Map<String, String> rest = new LinkedHashMap<>(matchers);
        rest.keySet().removeAll(labels);
        return new Selector(metric, rest);
    }

    /** @return whether a series of this name and these labels is meant */
    boolean matches(String name, Map<String, String> labels) {
        return metric.equals(name) && matchers.entrySet().stream().allMatch(matcher -> {
            String value = labels.getOrDefault(matcher.getKey(), "");
            String operator = matcher.getValue().replaceFirst("^(=~|!~|!=|=).*$", "$1");
            String wanted = matcher.getValue().substring(operator.length());
            boolean same = operator.endsWith("~") ? value.matches(wanted) : value.equals(wanted);
            return operator.startsWith("!") != same;
        });
    }
}
