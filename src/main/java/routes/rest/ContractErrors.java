package routes.rest;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.atlassian.oai.validator.report.ValidationReport;

/** Reads the fields out of what the contract validator reports. */
final class ContractErrors {

    /** {@code [Path '/name'] Instance type …}; without a path it is about the body as a whole. */
    private static final Pattern AT_PATH = Pattern.compile("^\\[Path '/?([^']*)'] (.*)$", Pattern.DOTALL);
    private static final Pattern MISSING = Pattern.compile("Object has missing required properties \\((\\[.*])\\)");
    private static final Pattern UNKNOWN = Pattern.compile("Object instance has properties which are not allowed by the schema: (\\[.*])");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
    /** A long value is not repeated to the one who sent it. */
    private static final Pattern VALUE = Pattern.compile("^(?:Input )?[Ss]tring \".{40,}?\" is", Pattern.DOTALL);
    private static final int LONGEST = 300;

    private ContractErrors() {
    }

    /** @return one error a field; the field is {@code body} where the body as a whole is wrong. */
    static List<Problem.FieldError> of(ValidationReport.Message message) {
        String parameter = message.getContext().flatMap(context -> context.getParameter()).map(found -> found.getName()).orElse(null);
        Matcher atPath = AT_PATH.matcher(message.getMessage());
        String path = atPath.matches() ? atPath.group(1).replace('/', '.') : "";
        String text = atPath.matches() ? atPath.group(2) : message.getMessage();
        Matcher missing = MISSING.matcher(text);
        if (missing.find()) {
            return each(path, missing.group(1), "is required");
        }
        Matcher unknown = UNKNOWN.matcher(text);
        if (unknown.find()) {
            return each(path, unknown.group(1), "is not a field of this resource");
        }
        String field = parameter != null ? parameter : path.isEmpty() ? "body" : path;
        return List.of(new Problem.FieldError(field, brief(text)));
    }

    private static List<Problem.FieldError> each(String path, String list, String why) {
        String prefix = path.isEmpty() ? "" : path + ".";
        return QUOTED.matcher(list).results().map((MatchResult name) -> new Problem.FieldError(prefix + name.group(1), why)).toList();
    }

    private static String brief(String text) {
        String line = VALUE.matcher(text.lines().findFirst().orElse(text)).replaceFirst("The text is");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
