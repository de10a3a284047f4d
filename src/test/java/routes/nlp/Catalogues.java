package routes.nlp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The templates of the service, and an interpreter over them, for tests. */
final class Catalogues {

    static final TemplateCatalogue CATALOGUE = TemplateCatalogue.of(sources());
    static final AlertInterpreter INTERPRETER = new AlertInterpreter(CATALOGUE);

    private Catalogues() {
    }

    static List<TemplateSource> sources() {
        try (Stream<Path> files = Files.list(Path.of(Objects.requireNonNull(Catalogues.class.getResource("/templates")).toURI()))) {
            List<TemplateSource> sources = new ArrayList<>();
            for (Path file : files.toList()) {
                sources.add(new TemplateSource(file.getFileName().toString(), Files.readString(file)));
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The lines of a data file, comments and blank lines left out. */
    static List<String> lines(String resource) {
        try (var stream = Objects.requireNonNull(Catalogues.class.getResourceAsStream(resource), resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
