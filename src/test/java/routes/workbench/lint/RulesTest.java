package routes.workbench.lint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each rule has a folder of files under src/test/resources/lint: in a bad one the line that is to be told of ends in
 * {@code # <-}, a good one comes close and is silent.
 */
class RulesTest {

    private static final Path HOME = Path.of("").toAbsolutePath();
    private static final Path FILES = HOME.resolve("src/test/resources/lint");
    private static final String HERE = "# <-";

    static Stream<Path> bad() throws IOException {
        return files("bad");
    }

    static Stream<Path> good() throws IOException {
        return files("good");
    }

    private static Stream<Path> files(String kind) throws IOException {
        try (Stream<Path> files = Files.walk(FILES)) {
            return files.filter(file -> file.getFileName().toString().startsWith(kind)).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("bad")
    void theRuleTellsOfTheRightLine(Path file) throws IOException {
        String text = Files.readString(file);
        List<String> lines = text.lines().toList();
        int line = lines.indexOf(lines.stream().filter(each -> each.endsWith(HERE)).findFirst().orElseThrow()) + 1;
        List<Problem> problems = Linter.lint(HOME, Map.of(file, text));
        assertThat(problems).filteredOn(problem -> problem.rule().id().equals(file.getParent().getFileName().toString()))
                .extracting(problem -> problem.place().line()).as("%s", problems).contains(line);
        // and little else is made of it
        assertThat(problems).filteredOn(problem -> problem.rule().isError()).hasSizeLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatComesCloseIsSilent(Path file) throws IOException {
        assertThat(Linter.lint(HOME, Map.of(file, Files.readString(file)))).filteredOn(problem -> problem.rule().isError()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void everyRuleHasBoth(Rule rule) {
        Path folder = FILES.resolve(rule.id());
        assertThat(folder).isDirectoryContaining("glob:**/bad*").isDirectoryContaining("glob:**/good*");
    }
}
