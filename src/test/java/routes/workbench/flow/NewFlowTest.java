package routes.workbench.flow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.workbench.lint.Linter;
import routes.workbench.model.Project;

import static org.assertj.core.api.Assertions.assertThat;

/** What bin/new-flow writes passes lint at once, and it refuses what cannot be meant. */
class NewFlowTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    Path home;

    @BeforeEach
    void copyTheProject() {
        ProjectCopy.into(home);
    }

    @Test
    void aNewSubjectGetsRouteSchemaAndContract() throws IOException {
        assertThat(create("rate-alert", "--from", "alerts.updated", "--to", "jobs.alert.rated")).isZero();
        assertThat(Linter.lint(home, Project.ownFiles(home))).isEmpty();

        JsonNode contract = new YAMLMapper().readTree(resource("asyncapi/ekko.yaml").toFile());
        JsonNode message = contract.at("/components/messages/jobsAlertRated");
        assertThat(contract.at("/channels/jobsAlertRated/x-jetstream/stream").asText()).isEqualTo("JOBS");
        assertThat(contract.at("/operations/publishJobsAlertRated/channel/$ref").asText()).isEqualTo("#/channels/jobsAlertRated");
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(new ObjectMapper().readTree(resource("schemas/jobs.alert.rated.v1.json").toFile()));
        assertThat(schema.validate(message.at("/examples/0/payload"))).isEmpty();
        assertThat(Files.readString(resource("application.yaml"))).contains("      subjects:\n        - jobs.alert.rated\n");
        assertThat(Files.readString(home.resolve("docs/routes.md"))).contains("## ops/rate-alert\n");
        assertThat(contract.at("/components/messages/alertsCreated").isMissingNode()).isFalse();
    }

    @Test
    void aSubjectThatIsNotStoredIsPublishedPlainly() throws IOException {
        assertThat(create("tell-clients", "--from", "alerts.updated", "--to", "ws.events", "--role", "api")).isZero();
        String route = Files.readString(resource("camel/api/tell-clients.camel.yaml"));
        assertThat(route).contains("uri: nats:ws.events").containsOnlyOnce("jetstreamEnabled").contains("'user_id', ${body[user_id]},\n");
        assertThat(Linter.lint(home, Project.ownFiles(home))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws.events", "jobs.alert.rated"})
    void whatItPublishesKeepsToTheSchema(String subject) throws Exception {
        create("make-something", "--from", "alerts.updated", "--to", subject);
        JsonNode event = example();
        Message made = made(event);
        JsonNode body = new ObjectMapper().readTree(made.getBody(String.class));
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of(resource("schemas/" + subject + ".v1.json").toUri().toString()));
        assertThat(schema.validate(body)).isEmpty();
        assertThat(body.path("data")).isEqualTo(event);
        assertThat(made.getHeader("CamelNatsMessageId", String.class)).startsWith(event.path("id").asText()).startsWith(body.path("id").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\nb", "a'b, c)} ${body}", "\\"})
    void anyTextOfTheEventIsRightJson(String user) throws Exception {
        create("make-something", "--from", "alerts.updated", "--to", "ws.events");
        ObjectNode event = example().put("user_id", user);
        JsonNode body = new ObjectMapper().readTree(made(event).getBody(String.class));
        assertThat(body.path("user_id").asText()).isEqualTo(user);
        assertThat(body.path("data")).isEqualTo(event);
    }

    private ObjectNode example() throws IOException {
        return (ObjectNode) new YAMLMapper().readTree(resource("asyncapi/ekko.yaml").toFile()).at("/components/messages/alertsUpdated/examples/0/payload");
    }

    /** What the route make-something publishes, without NATS. */
    private Message made(JsonNode event) throws Exception {
        String route = Files.readString(resource("camel/ops/make-something.camel.yaml"))
                .replaceFirst("uri: nats:alerts.updated\\n(?s:.*?)      steps:", "uri: direct:event\n      steps:")
                .replaceFirst("uri: nats:(?s:.*)", "uri: mock:made\n");
        try (CamelContext camel = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("made.camel.yaml", route));
            camel.start();
            MockEndpoint made = camel.getEndpoint("mock:made", MockEndpoint.class);
            camel.createProducerTemplate().send("direct:event", exchange -> {
                exchange.getMessage().setBody(event.toString().getBytes(StandardCharsets.UTF_8));
                exchange.setProperty("message_id", event.path("id").asText());
                exchange.setProperty("correlation_id", event.path("correlation_id").asText());
            });
            made.expectedMessageCount(1);
            made.assertIsSatisfied();
            return made.getExchanges().get(0).getMessage();
        }
    }

    @Test
    void aSecondFlowAsksTheSameService() throws IOException {
        assertThat(create("ask-price", "--from", "alerts.updated", "--to", "ws.events", "--call", "price-service")).isZero();
        assertThat(create("rate-alert", "--from", "alerts.updated", "--to", "jobs.alert.rated", "--call", "price-service")).isZero();
        assertThat(Linter.lint(home, Project.ownFiles(home))).isEmpty();
        assertThat(Files.readString(resource("application.yaml"))).containsOnlyOnce("  price-service:\n    url:").containsOnlyOnce("    price-service:\n      failures:");
        assertThat(create("tell-more", "--from", "alerts.updated", "--to", "ws.events", "--call", "Price Service")).isEqualTo(1);
    }

    @Test
    void aFlowGetsTheRightsItNeeds() throws IOException {
        publishedElsewhere("jobs.alert.rated");
        assertThat(create("rate-alert", "--from", "jobs.alert.rated", "--to", "alerts.rated", "--role", "nlp")).isZero();
        assertThat(rights("nlp")).contains("""

                  # route rate-alert
                  "$JS.API.CONSUMER.MSG.NEXT.JOBS.rate-alert"
                  "$JS.API.CONSUMER.INFO.JOBS.rate-alert"
                  "$JS.ACK.JOBS.rate-alert.>"
                  "alerts.rated"
                  "dlq.jobs.alert.rated"
                ] }
                subscribe""");
        // the rights to read and delete what JOBS keeps are there already
        assertThat(rights("ops")).contains("  # route rate-alert\n  \"jobs.alert.rated\"\n] }\nsubscribe");
        assertThat(rights("provision")).contains("  # route rate-alert\n  \"$JS.API.CONSUMER.CREATE.JOBS.rate-alert.jobs.alert.rated\"\n] }\nsubscribe");
        assertThat(rights("api")).doesNotContain("rate-alert");
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        assertThat(create("tell-clients", "--from", "alerts.updated", "--to", "ws.events")).isZero();
        assertThat(create("tell-clients", "--from", "alerts.created", "--to", "ws.events")).isEqualTo(1);
        assertThat(said.toString()).contains("already");
    }

    @Test
    void aSecondConsumerOfAWorkQueueIsRefused() throws IOException {
        assertThat(create("rate-jobs", "--from", "jobs.alert.completed", "--to", "ws.events")).isEqualTo(1);
        assertThat(said.toString()).contains("work-queue-overlap");
        assertThat(resource("camel/ops/rate-jobs.camel.yaml")).doesNotExist();
    }

    @Test
    void aSubjectThatNoStreamCapturesIsRefusedWithTheStreamToAdd() throws IOException {
        assertThat(create("bill", "--from", "bills.created", "--to", "ws.events")).isEqualTo(1);
        assertThat(said.toString()).contains("no stream captures 'bills.created'").contains("BILLS:").contains("subjects: bills.>");
        assertThat(create("bill", "--from", "alerts.created", "--to", "bills.created")).isEqualTo(1);
        assertThat(create("bill", "--from", "alerts.created", "--to", "ws.events", "--stream", "JOBS")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"alerts.update, is it 'alerts.updated'?", "alerts.udpated, is it 'alerts.updated'?", "alerts.nosuch, 'ALERTS is known to get alerts.created, alerts.deleted,'",
            "jobs.nosuch.*, 'JOBS is known to get jobs.alert.completed,'"})
    void aSubjectThatNobodyPublishesIsRefused(String subject, String said) throws IOException {
        assertThat(create("foo", "--from", subject, "--to", "ws.events")).isEqualTo(1);
        assertThat(this.said.toString()).contains("nobody publishes '%s'".formatted(subject)).contains(said)
                .contains("src/main/resources/schemas/");
        assertThat(resource("camel/ops/foo.camel.yaml")).doesNotExist();
    }

    /** Also after a flow that waits for it: who waits does not publish. */
    @Test
    void aSubjectOfAnotherApplicationHasItsSchemaFirst() throws IOException {
        publishedElsewhere("alerts.rated");
        assertThat(create("foo", "--from", "alerts.rated", "--to", "ws.events")).isZero();
        Files.delete(resource("schemas/alerts.rated.v1.json"));
        assertThat(create("bar", "--from", "alerts.rated", "--to", "ws.events")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts.>", "alerts.*", "dlq.alerts.created", "templates.match.response", "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.DLQ.>"})
    void aSubjectThatIsPublishedIsConsumed(String subject) throws IOException {
        assertThat(create("foo", "--from", subject, "--to", "alerts.rated")).as(said::toString).isZero();
    }

    @Test
    void onlyFilesThatHaveChangedAreNamed() throws IOException {
        assertThat(create("tell-clients", "--from", "alerts.updated", "--to", "ws.events")).isZero();
        assertThat(said.toString()).contains("camel/ops/tell-clients.camel.yaml\n").contains("deploy/nats/rights/provision.conf\n").contains("docs/routes.md\n")
                .doesNotContain("application.yaml").doesNotContain("messages.html");
        said.reset();
        assertThat(create("rate-alert", "--from", "alerts.updated", "--to", "jobs.alert.rated")).isZero();
        assertThat(said.toString()).contains("application.yaml\n").contains("asyncapi/ekko.yaml\n").contains("static/docs/messages.html\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bad", "bad_name", "-bad", "bad-", "../bad", "bad name", "settle-alert"})
    void badNamesAreRefused(String name) throws IOException {
        assertThat(create(name, "--from", "alerts.created", "--to", "ws.events")).isIn(1, 2);
    }

    @Test
    void wrongUsageIsSaid() throws IOException {
        assertThat(create("bill")).isEqualTo(2);
        assertThat(create("bill", "--from")).isEqualTo(2);
        assertThat(create("bill", "--from", "alerts.created", "--to", "ws.events", "--nonsense")).isEqualTo(2);
        assertThat(create("--help")).isZero();
    }

    /** By another application, of which this one knows the schema. */
    private void publishedElsewhere(String subject) throws IOException {
        Files.copy(resource("schemas/alerts.updated.v1.json"), resource("schemas/%s.v1.json".formatted(subject)));
    }

    private Path resource(String name) {
        return home.resolve("src/main/resources").resolve(name);
    }

    private String rights(String user) throws IOException {
        return Files.readString(home.resolve("deploy/nats/rights/%s.conf".formatted(user)));
    }

    private int create(String... arguments) throws IOException {
        PrintStream print = new PrintStream(said, true);
        return NewFlow.run(home, arguments, print, print);
    }
}
