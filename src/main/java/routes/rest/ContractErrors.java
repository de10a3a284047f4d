package routes.rest;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.atlassian.oai.validator.report.ValidationReport;
import io.swagger.v3.oas.models.parameters.Parameter;

/** Reads the fields out of what the contract validator reports. */
final class ContractErrors {

    /** {@code [Path '/name'] Instance type …}; without a path it is about the body as a whole. */
    private static final Pattern AT_PATH = Pattern.compile("^\\[Path '/?([^']*)'] (.*)$", Pattern.DOTALL);
    private static final Pattern MISSING = Pattern.compile("Object has missing required properties \\((\\[.*])\\)");
    private static final Pattern UNKNOWN = Pattern.compile("Object instance has properties which are not allowed by the schema: (\\[.*])");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    private ContractErrors() {
    }

    /** @return one error a field; the field is {@code body} where the body as a whole is wrong. */
    static List<Problem.FieldError> of(ValidationReport report) {
        Map<String, Problem.FieldError> errors = new LinkedHashMap<>();
        report.getMessages().stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                // a value that is too short or no UUID does not match a pattern either, which says less
                .sorted(Comparator.comparing(message -> message.getKey().endsWith(".pattern")))
                .flatMap(ContractErrors::of)
                .forEach(error -> errors.putIfAbsent(error.field(), error));
        return List.copyOf(errors.values());
    }

    private static Stream<Problem.FieldError> of(ValidationReport.Message message) {
        Optional<Parameter> parameter = message.getContext().flatMap(ValidationReport.MessageContext::getParameter);
        Matcher atPath = AT_PATH.matcher(message.getMessage());
        String path = atPath.matches() ? atPath.group(1).replace('/', '.') : "";
        String text = atPath.matches() ? atPath.group(2) : message.getMessage();
        Matcher missing = MISSING.matcher(text);
        if (missing.find()) {
            return each(path, missing.group(1), "is required");
        }
        Matcher unknown = UNKNOWN.matcher(text);
        if (unknown.find()) {
            return each(path, unknown.group(1), "is not a field of this request");
        }
        return Stream.of(parameter.map(about -> new Problem.FieldError(about.getName(), words(about, message.getKey(), text)))
                .orElseGet(() -> new Problem.FieldError(path.isEmpty() ? "body" : path, ContractWording.of(text))));
    }

    private static Stream<Problem.FieldError> each(String path, String list, String why) {
        String prefix = path.isEmpty() ? "" : path + ".";
        return QUOTED.matcher(list).results().map((MatchResult name) -> new Problem.FieldError(prefix + name.group(1), why));
    }

    /** The validator takes an empty parameter for a missing one, and reads a value that is no text as JSON. */
    private static String words(Parameter parameter, String key, String text) {
        if (key.endsWith(".missing")) {
            return Boolean.TRUE.equals(parameter.getRequired()) ? "is required" : "must not be empty";
        }
        return key.endsWith(".invalidJson") ? "must be " + ContractWording.type(parameter.getSchema().getType()) : ContractWording.of(text);
    }
}
