package routes.workbench.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.util.FileSystemUtils;

/** Makes the flow of docs/routes-howto.md in a copy of the project, and gives the application that starts its route and its settings. */
public final class HowToFlow implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** As the document has it. */
    public static final String COMMAND = "bin/new-flow tell-price --from alerts.updated --to ws.events --call price-service";

    private static final Path HOME = Path.of("target/how-to").toAbsolutePath();
    private static final String ROUTE_FILES = "camel.main.routes-include-pattern";

    @Override
    public void initialize(ConfigurableApplicationContext application) {
        ConfigurableEnvironment environment = application.getEnvironment();
        try {
            FileSystemUtils.deleteRecursively(HOME);
            ProjectCopy.into(HOME);
            String[] arguments = COMMAND.substring(COMMAND.indexOf(' ') + 1).split(" ");
            if (NewFlow.run(HOME, arguments, System.out, System.err) != 0) {
                throw new IllegalStateException(COMMAND + " refuses");
            }
            environment.getPropertySources().addFirst(new MapPropertySource("how-to-route",
                    Map.of(ROUTE_FILES, environment.getRequiredProperty(ROUTE_FILES) + "," + route().toUri())));
            // behind those of the application, so that only what the flow has added counts
            new YamlPropertySourceLoader().load("how-to-settings", new FileSystemResource(HOME.resolve("src/main/resources/application.yaml")))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path route() {
        return HOME.resolve("src/main/resources/camel/ops/tell-price.camel.yaml");
    }

    /** @return the folder of the tests that came with it */
    public static Path tests() {
        return HOME.resolve("src/test/resources/routes");
    }
}
