package routes.deploy;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedResource;
import routes.deadletter.DeadLetters;
import routes.nats.RouteEndpoint;
import routes.outbox.OutboxReplay;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is on call finds what README and docs/operations.md name. Metrics: {@link MonitoringTest}, which has an application to ask. */
class DocumentedNamesTest {

    private static final String SETTINGS = "src/main/resources/application.yaml";
    /** Of Spring Boot and of the environment that the tests' own programs read. */
    private static final Set<String> OF_OTHERS = Set.of("SPRING_PROFILES_ACTIVE", "NATS_SERVER");
    /** Settings of Spring Boot that the application leaves as they are. */
    private static final Set<String> DEFAULTS = Set.of("server.tomcat.max-connections");
    /** Made by the commands beside them. */
    private static final Pattern MADE = Pattern.compile("deploy/tls.*|deploy/prometheus/token");
    private static final List<Class<?>> TOOLS = List.of(DeadLetters.class, OutboxReplay.class);

    @Test
    void everyVariableIsRead() throws Exception {
        Set<String> read = new TreeSet<>(OF_OTHERS);
        Pattern variable = Pattern.compile("\\$\\{?(\\w+)");
        for (Path file : filesUnder("deploy", "bin", SETTINGS, "docker-compose.yml")) {
            variable.matcher(Files.readString(file)).results().map(found -> found.group(1)).forEach(read::add);
        }
        assertThat(Documented.variables()).hasSizeGreaterThan(40).allSatisfy(name -> assertThat(read).contains(name));
    }

    @Test
    void everySettingIsThere() {
        JsonNode settings = DeployFiles.yaml(SETTINGS);
        assertThat(Documented.properties()).hasSizeGreaterThan(8).allSatisfy(name ->
                assertThat(DEFAULTS.contains(name) || !settings.at("/" + name.replace('.', '/')).isMissingNode()).as(name).isTrue());
    }

    @Test
    void everyStreamAndConsumerToLookAtIsThere() throws Exception {
        List<String> streams = NeededRights.streams();
        Set<String> consumers = RouteEndpoint.durables().stream().map(durable -> durable.stream() + " " + durable.durable()).collect(Collectors.toSet());
        List<MatchResult> looks = Documented.looks();
        assertThat(looks).hasSizeGreaterThan(5).anyMatch(look -> look.group(1).equals("stream")).allSatisfy(look -> {
            assertThat(streams).contains(look.group(2));
            if (look.group(1).equals("consumer")) {
                assertThat(consumers).contains(look.group(2) + " " + look.group(3));
            }
        });
    }

    @Test
    void everyMBeanIsThereAndEachIsNamed() {
        List<String> names = TOOLS.stream().map(tool -> tool.getAnnotation(ManagedResource.class).objectName()).toList();
        assertThat(Documented.mbeans()).containsExactlyInAnyOrderElementsOf(names);
        List<String> operations = TOOLS.stream().map(Class::getMethods).flatMap(Arrays::stream)
                .filter(method -> method.isAnnotationPresent(ManagedOperation.class)).map(Method::getName).toList();
        assertThat(operations).contains("list", "redrive", "delete", "republish");
    }

    @Test
    void everyFileIsThere() {
        assertThat(Documented.files().stream().filter(MADE.asMatchPredicate().negate())).hasSizeGreaterThan(20)
                .allSatisfy(file -> assertThat(DeployFiles.path(file)).exists());
    }

    /** Each case of the runbook says where to look. */
    @Test
    void everyCaseOfTheRunbookHasAPlaceToLook() {
        String runbook = DeployFiles.text("docs/operations.md").replaceFirst("(?s).*\n## Runbook\n", "").replaceFirst("(?s)\n## .*", "");
        List<String> cases = List.of(runbook.split("\n### ")).stream().skip(1).toList();
        assertThat(cases).extracting(text -> text.lines().findFirst().orElse("")).contains("Connection time-outs", "A message seems to be lost", "High latency",
                "Authentication and permissions", "Dead letters", "A stream is full", "Restore", "Upgrade");
        assertThat(cases).allSatisfy(text -> assertThat(text).containsPattern("nats (stream|consumer|server) |curl |Hawtio|[a-z]+_[a-z_]+"));
    }

    private static Collection<Path> filesUnder(String... names) throws Exception {
        Set<Path> files = new TreeSet<>();
        for (String name : names) {
            try (Stream<Path> tree = Files.walk(DeployFiles.path(name))) {
                tree.filter(Files::isRegularFile).filter(file -> !file.toString().matches(".*\\.(png|p12|jks)")).forEach(files::add);
            }
        }
        return files;
    }
}
