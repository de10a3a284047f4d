package routes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIf;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import routes.alerts.EkkoTest;
import routes.workbench.flow.HowToFlow;
import routes.yaml.QuickBreakers;
import routes.yaml.RouteFile;
import routes.yaml.RouteTests;
import routes.yaml.Steps;

import static org.assertj.core.api.Assertions.assertThat;

/** The flow of docs/routes-howto.md, made as the document says, runs in the application and passes the tests that came with it. */
@EkkoTest
@Import({Steps.class, QuickBreakers.class})
@ContextConfiguration(initializers = HowToFlow.class)
@TestPropertySource(properties = "ekko.retry.nak-delay=100")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledIf(value = "isPartOfTheProject", disabledReason = "whoever has followed the document has the flow already: RouteYamlTest runs its tests")
class HowToFlowTest {

    private static final Path DOCUMENT = Path.of("docs/routes-howto.md");

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

    static boolean isPartOfTheProject() {
        return HowToFlowTest.class.getResource("/camel/ops/tell-price.camel.yaml") != null;
    }

    /** Those that bin/new-flow has written, after others whose messages the flow hears too. */
    @TestFactory
    Stream<DynamicTest> testsOfTheFlow() {
        Stream<RouteFile> others = RouteFile.in(Path.of("src/test/resources/how-to-flow")).stream();
        return Stream.concat(others, RouteFile.in(HowToFlow.tests()).stream()).map(file -> DynamicTest.dynamicTest(file.name(), () -> file.run(tests)));
    }

    @Test
    void theDocumentShowsWhatIsWritten() throws Exception {
        String document = Files.readString(DOCUMENT);
        assertThat(document).contains(HowToFlow.COMMAND).contains(Files.readString(HowToFlow.route()));
    }
}
