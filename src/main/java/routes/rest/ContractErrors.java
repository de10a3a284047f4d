package routes.rest;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.atlassian.oai.validator.report.ValidationReport;

/** Reads the field out of what the contract validator reports. */
final class ContractErrors {

    /** {@code [Path '/name'] Instance type (integer) does not match …}; the path is empty for the body as a whole. */
    private static final Pattern BODY = Pattern.compile("^\\[Path '([^']*)'] (.*)$", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("\\[?\"([^\"]+)\"");

    private ContractErrors() {
    }

    static List<Problem.FieldError> of(ValidationReport.Message message) {
        String text = message.getMessage();
        Matcher body = BODY.matcher(text);
        if (body.matches()) {
            return fields(body.group(1), body.group(2));
        }
        String parameter = message.getContext().flatMap(context -> context.getParameter()).map(p -> p.getName()).orElse(null);
        return List.of(new Problem.FieldError(parameter != null ? parameter : "body", text));
    }

    /** For a missing or unknown property the path is that of the object around it; the text names the property. */
    private static List<Problem.FieldError> fields(String path, String text) {
        String at = path.replaceFirst("^/", "").replace('/', '.');
        if (text.contains("missing required properties") || text.contains("not allowed by the schema")) {
            String why = text.contains("missing") ? "is required" : "is not a field of this resource";
            int list = text.indexOf("[\"", text.contains("missing required properties") ? text.indexOf("missing required properties") : 0);
            return QUOTED.matcher(text.substring(Math.max(list, 0))).results()
                    .map(match -> new Problem.FieldError((at.isEmpty() ? "" : at + ".") + match.group(1), why))
                    .toList();
        }
        return List.of(new Problem.FieldError(at.isEmpty() ? "body" : at, text));
    }
}
