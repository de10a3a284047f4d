package routes.workbench.contracts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** The contracts break nothing that is released; and each kind of breach is told of with its JSON path. */
class ContractsCommandTest {

    private static final Path PROJECT = Path.of("").toAbsolutePath();

    private static final String EVENT = "schemas/ws.events.v1.json";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path home;

    @BeforeEach
    void copyTheReleased() throws IOException {
        FileSystemUtils.copyRecursively(PROJECT.resolve("contracts/released"), home.resolve("contracts/released"));
        FileSystemUtils.copyRecursively(PROJECT.resolve("contracts/released"), home.resolve("src/main/resources"));
    }

    @Test
    void theProjectBreaksNothing() throws IOException {
        assertThat(contracts(PROJECT)).isZero();
        assertThat(out.toString()).isEmpty();
    }

    static Stream<Arguments> breaches() {
        return Stream.of(
                arguments(Contract.REST, "\n  /jobs/{id}:", "\n  /tasks/{id}:", "$.paths['/jobs/{id}'].get: the operation is removed"),
                arguments(Contract.REST, "\n        nl_description:", "\n        sentence:", "$.components.schemas.AlertCreate.properties.nl_description: is removed"),
                arguments(Contract.REST, "required: [name, nl_description]", "required: [name, nl_description, enabled]",
                        "$.components.schemas.AlertCreate.properties.enabled: is required now"),
                arguments(Contract.REST, "\n        version:\n          type: integer", "\n        version:\n          type: string",
                        "$.components.schemas.Alert.properties.version: was integer and is string"),
                arguments(Contract.REST, "\n      parameters:\n", "\n      parameters:\n        - {name: tenant, in: query, required: true}\n",
                        "$.paths['/alerts'].post.parameters: the parameter tenant is required now"),
                arguments(Contract.REST, "\n        \"201\":", "\n        \"202\":", "$.paths['/alerts'].post.responses['201']: the answer is removed"),
                arguments(Contract.REST, "\n            Location:", "\n            Place:", "$.paths['/alerts'].post.responses['201'].headers.Location: the header is removed"),
                arguments(Contract.REST, "Whether the alert is switched on\n        event_type:",
                        "Whether the alert is switched on\n          nullable: true\n        event_type:", "$.components.schemas.Alert.properties.enabled: was boolean and is boolean or null"),

                arguments(Contract.MESSAGES, "address: alerts.deleted\n", "address: alerts.removed\n", "$.channels.alertsDeleted: the subject alerts.deleted is removed"),
                arguments(Contract.MESSAGES, "\n  settleAlert:", "\n  settle:", "$.operations.settleAlert: the operation is removed"),
                arguments(Contract.MESSAGES, "    action: send", "    action: receive", "$.operations.publishAlertCreated.action: was send and is receive"),
                arguments(Contract.MESSAGES, "\n          ce-source:", "\n          ce-origin:", "$.components.messageTraits.event.headers.properties['ce-source']: is removed"),
                arguments(Contract.MESSAGES, "../schemas/alerts.created.v1.json", "../schemas/alerts.updated.v1.json",
                        "$.components.messages.alertsCreated.payload: was of the $ref ../schemas/alerts.created.v1.json"),

                arguments(EVENT, "\"user_id\": {", "\"user\": {", "$.properties.user_id: is removed"),
                arguments(EVENT, "\"type\": \"string\", \"minLength\": 1}", "\"type\": \"integer\"}", "$.properties.user_id: was string and is integer"),
                arguments(EVENT, "\"id\": {\"$ref\": \"#/$defs/uuid\"}", "\"id\": {\"type\": \"integer\"}", "$.properties.id: was string and is integer"),
                arguments(EVENT, "\"required\": [\"id\",", "\"required\": [\"id\", \"channel\",", "$.properties.channel: is required now"),
                arguments(EVENT, "\"required\": [\"id\",", "\"required\": [", "$.properties.id: may be absent now"),
                arguments(EVENT, "\"title\": \"Client event\",", "\"additionalProperties\": false,", "$: takes no further fields any more"),
                arguments("schemas/alert-spec.v1.json", "\"enum\": [\"low\", \"normal\", \"high\"]", "\"enum\": [\"low\", \"normal\", \"high\", \"top\"]",
                        "$.properties.action.properties.priority: may be [\"top\"] now"),
                arguments("schemas/alert-spec.v1.json", "\"enum\": [\"low\", \"normal\", \"high\"]", "\"enum\": [\"low\", \"high\"]",
                        "$.properties.action.properties.priority: does not take [\"normal\"] any more"));
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void aBreachIsToldOfWithItsPath(String file, String was, String is, String told) throws IOException {
        change(file, was, is);
        assertThat(contracts(home)).isEqualTo(1);
        assertThat(out.toString()).startsWith(file + ": ").contains(told);
    }

    @Test
    void aSchemaThatIsGoneIsToldOf() throws IOException {
        Files.delete(home.resolve("src/main/resources/schemas/dlq.v1.json"));
        assertThat(contracts(home)).isEqualTo(1);
        assertThat(out.toString()).isEqualToIgnoringNewLines("schemas/dlq.v1.json: $: is removed");
    }

    @Test
    void whatIsAddedBreaksNothing() throws IOException {
        change("schemas/ws.events.v1.json", "\"user_id\": {", "\"channel\": {\"type\": \"string\"}, \"user_id\": {");
        change("asyncapi/ekko.yaml", "\nchannels:\n", "\nchannels:\n  alertsSeen:\n    address: alerts.seen\n");
        change("static/openapi.yaml", "\npaths:\n", "\npaths:\n  /seen:\n    get:\n      responses: {}\n");
        assertThat(contracts(home)).isZero();
        assertThat(contracts(home, "release")).isZero();
        assertThat(home.resolve("contracts/released/asyncapi/ekko.yaml")).content().contains("alerts.seen");
    }

    @Test
    void aBreakingContractIsReleasedOnlyOnPurpose() throws IOException {
        Files.delete(home.resolve("src/main/resources/schemas/dlq.v1.json"));
        assertThat(contracts(home, "release")).isEqualTo(1);
        assertThat(home.resolve("contracts/released/schemas/dlq.v1.json")).exists();
        assertThat(contracts(home, "release", "--breaking")).isZero();
        assertThat(home.resolve("contracts/released/schemas/dlq.v1.json")).doesNotExist();
        assertThat(contracts(home)).isZero();
    }

    @Test
    void wrongUsageIsSaid() throws IOException {
        assertThat(contracts(home, "--breaking")).isEqualTo(2);
        assertThat(contracts(home, "--help")).isZero();
    }

    private void change(String file, String was, String is) throws IOException {
        Path path = home.resolve("src/main/resources").resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(was);
        Files.writeString(path, text.replaceFirst(Pattern.quote(was), Matcher.quoteReplacement(is)));
    }

    private int contracts(Path project, String... arguments) throws IOException {
        PrintStream print = new PrintStream(out, true);
        return Contracts.run(project, List.of(arguments), print, print);
    }
}
