package routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;
import org.yaml.snakeyaml.Yaml;
import routes.alerts.EkkoTest;
import routes.yaml.QuickBreakers;
import routes.yaml.RouteCoverage;
import routes.yaml.RouteFile;
import routes.yaml.RouteTests;
import routes.yaml.Steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every route test in YAML: docs/route-tests.md. */
@EkkoTest
@Import({Steps.class, QuickBreakers.class})
@TestPropertySource(properties = {"ekko.retry.nak-delay=100", "ekko.breakers.sentence.open-for=1s", "ekko.breakers.database.open-for=1s",
        "ekko.templates.request-timeout=1000"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RouteYamlTest {

    private static final Path TESTS = Path.of("src/test/resources/routes");
    private static final Path WRONG_TESTS = Path.of("src/test/resources/routes-that-fail");
    private static final Path REPORT = Path.of("target/route-coverage.md");

    @LocalServerPort
    private int port;
    @Autowired
    private CamelContext camel;
    @Autowired
    private DataSource database;
    @Autowired
    private Environment environment;
    @Autowired
    private Steps steps;
    private RouteTests tests;

    @BeforeAll
    void bind() throws Exception {
        tests = new RouteTests(camel, database, environment, steps, "http://localhost:" + port);
    }

    @AfterAll
    void close() throws Exception {
        tests.close();
    }

    /** {@code -Dekko.route-tests=settle-alert} runs those whose names begin so, and asks for no coverage. */
    @Order(1)
    @TestFactory
    Stream<DynamicTest> everyFile() {
        String only = System.getProperty("ekko.route-tests", "");
        Stream<DynamicTest> files = RouteFile.in(TESTS).stream().filter(file -> file.name().startsWith(only))
                .map(file -> DynamicTest.dynamicTest(file.name(), file.path().toUri(), () -> file.run(tests)));
        return only.isEmpty() ? Stream.concat(files, Stream.of(DynamicTest.dynamicTest("every step has run", this::everyStepHasRun))) : files;
    }

    /** Each says in its description what its failure must say. */
    @Order(2)
    @TestFactory
    Stream<DynamicTest> everyWrongFileFails() {
        return RouteFile.in(WRONG_TESTS).stream().map(file -> DynamicTest.dynamicTest(file.name(), file.path().toUri(), () -> {
            String expected = (String) new Yaml().<Map<String, Object>>load(Files.readString(file.path())).get("description");
            assertThatThrownBy(() -> file.run(tests)).isInstanceOf(AssertionError.class)
                    .hasMessageContaining(file.path().toString()).hasMessageContaining(expected);
        }));
    }

    private void everyStepHasRun() throws IOException {
        RouteCoverage coverage = new RouteCoverage(camel, steps);
        coverage.write(REPORT);
        System.out.println(coverage.summary());
        assertThat(coverage.missing()).as("steps that no route test has run (%s)", REPORT).isEmpty();
    }
}
