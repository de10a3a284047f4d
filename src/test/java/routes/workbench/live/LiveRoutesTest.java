package routes.workbench.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A route engineer saves files while the application runs. */
@ExtendWith(OutputCaptureExtension.class)
class LiveRoutesTest {

    private static final int CALLS = 8;
    private static final String ERRORS = """
            - routeConfiguration:
                interceptSendToEndpoint:
                  - interceptSendToEndpoint: {uri: "log:*", steps: [{setProperty: {name: seen, constant: {expression: "true"}}}]}
                onException:
                  - onException:
                      exception: [java.lang.Exception]
                      handled: {constant: {expression: "true"}}
                      steps:
                        - setBody: {constant: {expression: "%s"}}
            """;

    @TempDir
    private Path folder;
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private ProducerTemplate client;

    @BeforeEach
    void start() throws Exception {
        save("shared/errors", ERRORS.formatted("sorry"));
        save("api/greet", route("greet", "hello") + route("fail", "${body.none}"));
        save("api/other", route("other", "as ever"));
        save("api/calls", calls());
        Files.createDirectories(folder.resolve("nlp"));
        for (String file : new String[]{"shared/errors", "api/calls", "api/greet", "api/other"}) {
            // as from the class path of an application
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("camel/" + file + ".camel.yaml", Files.readString(path(file))));
        }
        camel.start();
        client = camel.createProducerTemplate();
        LiveRoutes.watch(camel, folder);
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void aChangedFileRunsAndTheOthersGoOn() throws IOException {
        assertThat(ask("greet")).isEqualTo("hello");
        save("api/greet", route("greet", "good day") + route("leave", "bye"));
        awaitAnswer("greet", "good day");
        awaitAnswer("leave", "bye");
        await().until(() -> camel.getRoute("fail") == null);
        assertThat(ask("other")).isEqualTo("as ever");
        save("api/greet", route("greet", "good night"));
        awaitAnswer("greet", "good night");
        await().until(() -> camel.getRoute("leave") == null);
    }

    @Test
    void aNewFileRunsAndARouteThatIsTakenOutDoesNot() throws IOException {
        save("nlp/more", route("more", "more"));
        awaitAnswer("more", "more");
        save("nlp/more", "# nothing here any more\n");
        await().atMost(Duration.ofSeconds(10)).until(() -> camel.getRoute("more") == null);
    }

    @Test
    void aDeletedFileTakesItsRoutesAlong(CapturedOutput output) throws IOException {
        Files.delete(path("api/greet"));
        await().atMost(Duration.ofSeconds(10)).until(() -> camel.getRoute("greet") == null && camel.getRoute("fail") == null);
        await().until(output::toString, said -> said.contains("api/greet.camel.yaml: deleted, removed [") && said.contains("greet"));
        assertThat(ask("other")).isEqualTo("as ever");
        save("api/greet", route("greet", "back again"));
        awaitAnswer("greet", "back again");
    }

    @Test
    void aDeletedConfigurationHoldsForNoRouteAnyMore() throws IOException {
        Files.delete(path("shared/errors"));
        await().atMost(Duration.ofSeconds(10)).until(() -> ask("fail"), answer -> answer.contains("none"));
        // routes are made anew one after the other
        awaitAnswer("other", "as ever");
    }

    @Test
    void filesInANewFolderRun() throws IOException {
        save("ops/more", route("more", "more"));
        awaitAnswer("more", "more");
        save("ops/deeper/most", route("most", "most"));
        awaitAnswer("most", "most");
    }

    @Test
    void aBrokenFileChangesNothingAndIsSaid(CapturedOutput output) throws IOException {
        int said = 0;
        for (String broken : new String[]{"- route: [", route("greet", "x").replace("setBody", "setBoddy"), route("greet", "x").replace("uri: direct", "uri: nowhere"),
                route("greet", "x").replace("simple:", "method: {ref: nobody}\n              simple:"), route("first", "x") + route("greet", "${broken")}) {
            save("api/greet", broken);
            int before = said;
            said = await().atMost(Duration.ofSeconds(10)).until(() -> output.toString().split("not reloaded", -1).length - 1, times -> times > before);
            awaitAnswer("greet", "hello");
            awaitAnswer("fail", "sorry");
            assertThat(camel.getRoute("first")).isNull();
        }
        assertThat(output).contains("api/greet.camel.yaml: not reloaded, the routes stay as they were: ");
        save("api/greet", route("greet", "mended"));
        awaitAnswer("greet", "mended");
    }

    /** A copy of a file is how a route often begins. */
    @Test
    void aRouteOfAnotherFileIsNotTakenOver(CapturedOutput output) throws IOException {
        save("nlp/copy", route("greet", "x"));
        await().until(output::toString, said -> said.contains("nlp/copy.camel.yaml: not reloaded") && said.contains("route id 'greet' is taken by camel/api/greet.camel.yaml"));
        awaitAnswer("greet", "hello");
        Files.delete(path("nlp/copy"));
        await().until(output::toString, said -> said.contains("nlp/copy.camel.yaml: deleted, removed no route"));
        assertThat(ask("greet")).isEqualTo("hello");
    }

    @Test
    void aChangedConfigurationIsTakenByEveryRoute() throws IOException {
        assertThat(ask("fail")).isEqualTo("sorry");
        save("shared/errors", ERRORS.formatted("very sorry"));
        awaitAnswer("fail", "very sorry");
        awaitAnswer("other", "as ever");
    }

    /**
     * An endpoint has a second name in Camel's registry since messages to others are intercepted. Camel forgets one of the two
     * when a route goes, by chance that under which the next route looks.
     */
    @Test
    void aReloadedRouteHasAConnectionPoolThatIsOpen() throws IOException {
        assertThat(IntStream.range(0, CALLS).mapToObj(number -> ask("call" + number))).containsOnly("HttpHostConnectException");
        save("api/calls", calls() + route("later", "later"));
        awaitAnswer("later", "later");
        assertThat(IntStream.range(0, CALLS).mapToObj(number -> ask("call" + number))).containsOnly("HttpHostConnectException");
    }

    /** Nobody listens there. */
    private static String calls() {
        return IntStream.range(0, CALLS).mapToObj("""
                - route:
                    id: call%1$s
                    from:
                      uri: direct:call%1$s
                      steps:
                        - doTry:
                            steps:
                              - to: {uri: http, parameters: {httpUri: "http://localhost:1/%1$s"}}
                            doCatch:
                              - exception: [java.lang.Exception]
                                steps:
                                  - setBody: {simple: {expression: "${exception.class.simpleName}"}}
                """::formatted).collect(Collectors.joining());
    }

    private void awaitAnswer(String route, String answer) {
        Supplier<String> ask = () -> ask(route);
        await().atMost(Duration.ofSeconds(10)).until(ask::get, answer::equals);
    }

    private String ask(String route) {
        try {
            return camel.getRoute(route) == null ? "no route" : client.requestBody("direct:" + route, "", String.class);
        } catch (CamelExecutionException e) {
            return e.getCause().toString();
        }
    }

    private void save(String file, String text) throws IOException {
        Files.createDirectories(path(file).getParent());
        Files.writeString(path(file), text);
    }

    private Path path(String file) {
        return folder.resolve(file + ".camel.yaml");
    }

    private static String route(String id, String answer) {
        return """
                - route:
                    id: %1$s
                    from:
                      uri: direct
                      parameters:
                        name: %1$s
                      steps:
                        - setBody:
                            expression:
                              simple:
                                expression: "%2$s"
                """.formatted(id, answer);
    }
}
