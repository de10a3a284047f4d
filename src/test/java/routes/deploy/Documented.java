package routes.deploy;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the documents for operators name, as they write it: each in backticks, or a line of a piece of shell. */
final class Documented {

    static final List<String> DOCUMENTS = List.of("README.md", "docs/operations.md");

    private static final Pattern FENCE = Pattern.compile("(?ms)^```\\w*\\n(.*?)^```$");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern METRIC = Pattern.compile("(?:nats|jetstream|ekko|resilience4j|http_server|camel|hikaricp)_[a-z0-9_]+[a-z0-9](?:\\{[^}]*})?");
    private static final Pattern VARIABLE = Pattern.compile("(?<![\\w…])(?:EKKO|NATS|SPRING|SERVER)_[A-Z_]*[A-Z](?![\\w…])");
    private static final Pattern PROPERTY = Pattern.compile("(?:ekko|server|management|camel)(?:\\.[a-z][a-z0-9-]*)+(?<!\\.conf)");
    private static final Pattern LOOK = Pattern.compile("nats (stream|consumer) (?:info|rm|view|cluster step-down) (\\w+)(?: ([\\w-]+))?");
    private static final Pattern MBEAN = Pattern.compile("routes:type=\\w+");
    private static final Pattern FILE = Pattern.compile("(?:deploy|src|bin|docs)/[\\w./-]*\\w");

    private Documented() {
    }

    static List<String> metrics() {
        return code().filter(METRIC.asMatchPredicate().or(code -> METRIC.matcher(code).lookingAt())).map(code -> first(METRIC, code)).distinct().toList();
    }

    static List<String> variables() {
        return all(VARIABLE, Stream.concat(code(), shell()));
    }

    static List<String> properties() {
        return code().filter(PROPERTY.asMatchPredicate()).distinct().toList();
    }

    /** @return {@code stream|consumer}, name of the stream, name of the consumer or null */
    static List<MatchResult> looks() {
        return Stream.concat(code(), shell()).flatMap(text -> LOOK.matcher(text).results()).toList();
    }

    static List<String> mbeans() {
        return all(MBEAN, code());
    }

    static List<String> files() {
        return all(FILE, Stream.concat(code(), shell()));
    }

    private static Stream<String> shell() {
        return DOCUMENTS.stream().map(DeployFiles::text).flatMap(text -> FENCE.matcher(text).results()).map(fence -> fence.group(1));
    }

    private static Stream<String> code() {
        return DOCUMENTS.stream().map(DeployFiles::text).map(text -> FENCE.matcher(text).replaceAll("")).flatMap(text -> CODE.matcher(text).results()).map(code -> code.group(1));
    }

    private static List<String> all(Pattern pattern, Stream<String> texts) {
        return texts.flatMap(text -> pattern.matcher(text).results()).map(MatchResult::group).distinct().toList();
    }

    private static String first(Pattern pattern, String text) {
        return pattern.matcher(text).results().findFirst().orElseThrow().group();
    }
}
