package routes.nats;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;
import org.springframework.mock.env.MockEnvironment;

/** The settings as the application gets them: {@code application.yaml}, with nothing of the machine's own environment. */
final class ApplicationYaml {

    private ApplicationYaml() {
    }

    /**
     * @param settings {@code NAME=value}: environment variables that the file names, or properties that go before the file's
     */
    static Binder with(String... settings) {
        MockEnvironment environment = new MockEnvironment();
        for (String setting : settings) {
            String[] pair = setting.split("=", 2);
            environment.setProperty(pair[0], pair[1]);
        }
        try {
            new YamlPropertySourceLoader().load("application.yaml", new ClassPathResource("application.yaml"))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Binder.get(environment);
    }

    static NatsProperties nats(String... settings) {
        return with(settings).bind("ekko.nats", NatsProperties.class).get();
    }
}
