package routes.production;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.deploy.DeployedNats;
import routes.deploy.NeededRights;
import routes.deploy.Rights;
import routes.devservices.NatsServerProcess;
import routes.devservices.PostgresServer;
import routes.devservices.TestServers;
import routes.nats.RouteEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The server configuration of {@code deploy/nats}, with TLS, and the production jar as three processes of one role each:
 * what they need they may do, and nothing else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class NatsSecurityIT {

    private static final int ALERTS = 20;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> ROLES = List.of("api", "nlp", "ops");
    private static final Predicate<String> WARNED_OR_RELAYED = Pattern.compile(" (WARN|ERROR) | routes\\.outbox\\.|Exception").asPredicate();
    private static final Pattern FOUND_AGAIN = Pattern.compile(" (\\d+) of \\1 old events were published before");
    private static final Pattern DENIED = Pattern.compile("Permissions Violation for (?:Publish|Subscription) to \"([^\"]+)\"");

    private final Map<String, ApplicationProcess> instances = new HashMap<>();
    private PostgresServer postgres;
    private String database;
    private DeployedNats deployed;
    private NatsServerProcess nats;
    private Connection operator;

    @BeforeAll
    void provisionAndStart() throws Exception {
        postgres = TestServers.postgres();
        database = TestServers.newDatabase();
        deployed = new DeployedNats(Path.of("target", "nats-certificates"));
        nats = deployed.server().start();
        operator = Nats.connect(deployed.client("operator", nats.url()).build());
        try (ApplicationProcess provision = instance("provision", Map.of("EKKO_NATS_PROVISION", "only"))) {
            assertThat(provision.awaitEnd()).as(provision.log()).isZero();
            assertThat(provision.log()).contains("Stream ALERTS created", "Consumer nlp-alert-created of stream ALERTS is there");
        }
        for (String role : ROLES) {
            instances.put(role, instance(role, Map.of("EKKO_NATS_PROVISION", "false", "EKKO_ROLES", role)));
        }
        instances.values().forEach(ApplicationProcess::awaitReady);
    }

    private ApplicationProcess instance(String user, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(deployed.application(user, nats.url()));
        environment.putAll(more);
        return new ApplicationProcess("nats-" + user, database, postgres, environment);
    }

    @AfterAll
    void stop() throws InterruptedException {
        instances.values().forEach(ApplicationProcess::close);
        if (operator != null) {
            operator.close();
        }
        if (nats != null) {
            nats.close();
        }
    }

    @Test
    void theWholeFlowNeedsNoRightThatItDoesNotHave() throws Exception {
        List<String> ids = new AlertLoad(ALERTS, 4, List.of(instances.get("api"))).awaitAll();
        await().atMost(SOON).until(() -> TestServers.count(database, "SELECT count(*) FROM alerts WHERE status = 'active'") == ALERTS);
        aChangedSentenceIsWorkedOut(ids.get(0));
        assertThat(call("api", "POST", "/templates/match", "{\"nl_description\":\"tell me if BTC goes over 120k\"}")).contains("price_threshold");
        aDeadLetterIsListedRedrivenAndDeleted();
        aMessageThatWasGivenUpIsKept();
        theRelaySearchesTheStreamForAnOldEvent();
        for (String role : ROLES) {
            ApplicationProcess instance = instances.get(role);
            assertThat(instance.get("/actuator/health").body()).as(role).contains("\"version\"").doesNotContain("\"denied\"");
            for (String call : List.of("publish", "subscription")) {
                assertThat(instance.counter("nats_permission_violations_total{call=\"%s\"}".formatted(call))).as(role + " " + call).isZero();
            }
            assertThat(instance.log()).as(role).doesNotContainIgnoringCase("Permissions Violation").doesNotContain("Cannot fetch from");
        }
    }

    private void aChangedSentenceIsWorkedOut(String id) throws IOException {
        call("api", "PATCH", "/alerts/" + id, "{\"nl_description\":\"Alert me when my AVAX balance goes above 4711\"}");
        await().atMost(SOON).until(() -> TestServers.count(database, "SELECT count(*) FROM alerts WHERE status = 'active' AND version >= 4") == 1);
    }

    private void aDeadLetterIsListedRedrivenAndDeleted() throws Exception {
        operator.jetStream().publish("alerts.created", "no JSON".getBytes());
        String letter = awaitLetter("alerts.created");
        assertThat(call("ops", "POST", "/dlq/%s/redrive".formatted(letter), "")).contains("redriven");
        call("ops", "DELETE", "/dlq/" + awaitLetter("alerts.created"), "");
    }

    private void aMessageThatWasGivenUpIsKept() throws IOException, JetStreamApiException {
        long seq = operator.jetStream().publish("jobs.unknown", "{}".getBytes()).getSeqno();
        operator.jetStream().publish("$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.JOBS.alerts-job-completed",
                "{\"stream\":\"JOBS\",\"consumer\":\"alerts-job-completed\",\"stream_seq\":%d,\"deliveries\":5}".formatted(seq).getBytes());
        awaitLetter("jobs.unknown");
        await().atMost(SOON).until(() -> operator.jetStreamManagement().getStreamInfo("JOBS").getStreamState().getMsgCount() == 0);
    }

    private String awaitLetter(String subject) {
        Pattern seq = Pattern.compile("\"seq\"\\s*:\\s*(\\d+)");
        return await().atMost(SOON).until(() -> {
            Matcher letter = seq.matcher(call("ops", "GET", "/dlq?subject=" + subject, ""));
            return letter.find() ? letter.group(1) : null;
        }, found -> found != null);
    }

    private void theRelaySearchesTheStreamForAnOldEvent() throws SQLException {
        try (var connection = DriverManager.getConnection(database, postgres.username(), postgres.password())) {
            connection.createStatement().execute("UPDATE outbox SET sent_at = NULL, created_at = created_at - interval '1 hour' WHERE subject = 'alerts.created'");
        }
        // in one look or in two: those above the watermark may be seen before those below
        await().atMost(SOON).untilAsserted(() -> assertThat(instances.get("api").log().lines().filter(WARNED_OR_RELAYED).toList())
                .as("the relay's lines with %d events to send once more", TestServers.count(database, "SELECT count(*) FROM outbox WHERE sent_at IS NULL"))
                .satisfies(lines -> assertThat(foundAgain(lines)).isEqualTo(ALERTS)));
    }

    private static int foundAgain(List<? extends String> lines) {
        return lines.stream().map(FOUND_AGAIN::matcher).filter(Matcher::find).mapToInt(found -> Integer.parseInt(found.group(1))).sum();
    }

    @ParameterizedTest
    @CsvSource({"api,/dlq", "api,/dlq/1", "nlp,/alerts", "nlp,/dlq", "nlp,/templates", "ops,/alerts", "ops,/templates"})
    void anInstanceServesTheOperationsOfItsRoleOnly(String role, String path) throws IOException {
        HttpResponse<String> answer = instances.get(role).get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(instances.get(path.startsWith("/dlq") ? "ops" : "api").get(path.replace("/1", "")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "nlp", "ops", "provision"})
    void whatARoleDoesNotNeedIsRefused(String user) throws Exception {
        Rights needed = user.equals("provision") ? NeededRights.ofProvision() : NeededRights.of(user);
        Set<String> foreignPublishes = new TreeSet<>(everythingToPublish());
        foreignPublishes.removeIf(needed::mayPublish);
        Set<String> foreignSubscriptions = new TreeSet<>(everythingToSubscribe());
        foreignSubscriptions.removeIf(needed::maySubscribe);
        Set<String> refused = new ConcurrentSkipListSet<>();
        ErrorListener listener = new ErrorListener() {
            @Override
            public void errorOccurred(Connection connection, String error) {
                Matcher denied = DENIED.matcher(error);
                if (denied.find()) {
                    refused.add(denied.group(1));
                }
            }
        };
        try (Connection client = Nats.connect(deployed.client(user, nats.url()).errorListener(listener).build())) {
            foreignPublishes.forEach(subject -> client.publish(subject, "{}".getBytes()));
            foreignSubscriptions.forEach(client::subscribe);
            Set<String> all = new TreeSet<>(foreignPublishes);
            all.addAll(foreignSubscriptions);
            await().atMost(SOON).untilAsserted(() -> assertThat(refused).containsExactlyInAnyOrderElementsOf(all));
        }
        assertThat(foreignPublishes).contains("$JS.API.STREAM.DELETE.JOBS", "$JS.API.STREAM.PURGE.DLQ", "$JS.API.CONSUMER.DELETE.ALERTS.nlp-alert-created");
        System.out.printf("%s: %d publishes and %d subscriptions refused%n", user, foreignPublishes.size(), foreignSubscriptions.size());
    }

    /** Subjects of all roles and every call that could change or read a stream or a consumer. */
    private static List<String> everythingToPublish() throws IOException {
        List<String> all = new ArrayList<>(List.of("alerts.other", "jobs.other", "ws.events", "$JS.API.INFO", "$JS.API.STREAM.NAMES", "$JS.API.STREAM.LIST",
                "$SYS.REQ.SERVER.PING", "$SRV.PING"));
        for (String role : ROLES) {
            // a word for each wildcard
            NeededRights.of(role).publish().forEach(subject -> all.add(subject.replace("*", "x").replace(">", "x.y")));
            all.add("_INBOX." + role + ".x.y");
        }
        for (String stream : NeededRights.streams()) {
            for (String call : List.of("CREATE", "UPDATE", "DELETE", "PURGE", "SNAPSHOT", "RESTORE", "MSG.GET", "MSG.DELETE", "LEADER.STEPDOWN", "PEER.REMOVE")) {
                all.add("$JS.API.STREAM.%s.%s".formatted(call, stream));
            }
            all.addAll(List.of("$JS.API.DIRECT.GET." + stream, "$JS.API.CONSUMER.CREATE." + stream, "$JS.API.CONSUMER.NAMES." + stream,
                    "$JS.API.CONSUMER.CREATE.%s.mine".formatted(stream), "$JS.API.CONSUMER.DURABLE.CREATE.%s.mine".formatted(stream)));
        }
        for (RouteEndpoint durable : RouteEndpoint.durables()) {
            String consumer = durable.stream() + "." + durable.durable();
            for (String call : List.of("INFO", "DELETE", "MSG.NEXT", "DURABLE.CREATE", "LEADER.STEPDOWN", "PAUSE")) {
                all.add("$JS.API.CONSUMER.%s.%s".formatted(call, consumer));
            }
            all.add("$JS.API.CONSUMER.CREATE.%s.%s".formatted(consumer, durable.subject()));
            all.add("$JS.ACK.%s.1.1.1.1.1".formatted(consumer));
        }
        return all;
    }

    private static List<String> everythingToSubscribe() {
        List<String> all = new ArrayList<>(List.of(">", "_INBOX.>", "alerts.>", "alerts.created", "jobs.>", "jobs.alert.completed", "dlq.>", "templates.match.request",
                "templates.match.response", "$JS.API.>", "$JS.ACK.>", "$JS.EVENT.>", "$SYS.>", "$SRV.>"));
        for (String user : List.of("api", "nlp", "ops", "provision", "operator")) {
            all.add("_INBOX." + user + ".>");
        }
        return all;
    }

    private String call(String role, String method, String path, String body) throws IOException {
        HttpRequest request = instances.get(role).request(path).timeout(Duration.ofSeconds(20)).header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)).build();
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isBetween(200, 299);
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
