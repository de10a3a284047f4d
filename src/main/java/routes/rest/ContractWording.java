package routes.rest;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what a value must be, where the contract validator says what it has compared with what. */
final class ContractWording {

    private static final Map<String, String> TYPES = Map.of("string", "a text", "boolean", "true or false", "integer", "a whole number",
            "number", "a number", "object", "an object", "array", "a list", "null", "null");
    private static final String NOT_BLANK = "\\S";
    private static final int LONGEST = 300;

    private static final List<Rule> RULES = List.of(
            rule("^Instance type \\((\\w+)\\) does not match any allowed primitive type \\(allowed: \\[(.*)]\\)",
                    found -> "must be %s, not %s".formatted(types(found.group(2)), type(found.group(1)))),
            rule("is too short \\(length: \\d+, required minimum: 1\\)", found -> "must not be empty"),
            rule("is too short \\(length: (\\d+), required minimum: (\\d+)\\)",
                    found -> "must have at least %2$s characters, not %1$s".formatted(found.group(1), found.group(2))),
            rule("is too long \\(length: (\\d+), maximum allowed: (\\d+)\\)",
                    found -> "must have at most %2$s characters, not %1$s".formatted(found.group(1), found.group(2))),
            rule("^ECMA 262 regex \"(.*?)\" does not match", found -> found.group(1).equals(NOT_BLANK) ? "must not be blank" : "must match " + found.group(1)),
            rule("is not a valid UUID$", found -> "must be a UUID"),
            rule("is invalid against requested date format", found -> "must be a time such as 2026-01-02T03:04:05Z"),
            rule("not found in enum \\(possible values: \\[(.*)]\\)", found -> "must be one of " + found.group(1).replace("\"", "").replace(",", ", ")),
            rule("^Numeric instance is lower than the required minimum \\(minimum: ([^,]+),", found -> "must be at least " + found.group(1)),
            rule("^Numeric instance is greater than the required maximum \\(maximum: ([^,]+),", found -> "must be at most " + found.group(1)),
            rule("^Object has too few properties", found -> "must have a field"),
            rule("^Multiple values found", found -> "must be given once"),
            rule("^Query parameter '.*' is unexpected", found -> "is not a parameter of this request"),
            rule("^A request body is required", found -> "is required"));

    /** @param words for what the pattern finds */
    private record Rule(Pattern pattern, Function<MatchResult, String> words) {
    }

    private ContractWording() {
    }

    /** @param text of the validator, without the place */
    static String of(String text) {
        for (Rule rule : RULES) {
            Matcher found = rule.pattern().matcher(text);
            if (found.find()) {
                return rule.words().apply(found);
            }
        }
        String line = text.lines().findFirst().orElse(text);
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /** @param type of JSON Schema, such as {@code integer} */
    static String type(String type) {
        return TYPES.getOrDefault(type, type);
    }

    private static String types(String quoted) {
        return Arrays.stream(quoted.split(",")).map(name -> type(name.replace("\"", ""))).collect(Collectors.joining(" or "));
    }

    private static Rule rule(String pattern, Function<MatchResult, String> words) {
        return new Rule(Pattern.compile(pattern, Pattern.DOTALL), words);
    }
}
