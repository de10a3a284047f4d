package routes.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.api.ClusterInfo;
import io.nats.client.api.Replica;
import routes.deploy.DeployedNats;
import routes.devservices.NatsServerProcess;
import routes.devservices.PostgresServer;
import routes.devservices.TestServers;
import routes.nats.RouteEndpoint;
import routes.production.ApplicationProcess;

import static org.awaitility.Awaitility.await;

/** Three NATS servers with the configuration of {@code deploy/nats}, and one instance of the production jar. */
final class Cluster implements Records, AutoCloseable {

    static final List<String> STREAMS = List.of("ALERTS", "JOBS", "DLQ", "TEMPLATES", "ADVISORIES");
    /** What alerts pass through on their way. */
    private static final List<String> FLOW = List.of("ALERTS", "JOBS");
    private static final Duration LOOK_UP = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final DeployedNats deployed = new DeployedNats(Path.of("target", "nats-certificates"));
    private final PostgresServer postgres = TestServers.postgres();
    private final String database = TestServers.newDatabase();
    private final Map<String, NatsServerProcess> nodes;
    private final ApplicationProcess application;

    Cluster() throws IOException, InterruptedException {
        nodes = deployed.cluster().stream().map(NatsServerProcess.Builder::start).collect(Collectors.toMap(NatsServerProcess::name, node -> node));
        Map<String, String> environment = new HashMap<>(deployed.application("operator", urls()));
        environment.putAll(Map.of("EKKO_NATS_REPLICAS", "3", "NATS_RECONNECT_TIME_WAIT", "500ms"));
        application = new ApplicationProcess("cluster", database, postgres, environment);
        application.awaitReady();
        awaitReplicated(Duration.ofMinutes(1));
    }

    private String urls() {
        return nodes.values().stream().map(NatsServerProcess::url).collect(Collectors.joining(","));
    }

    ApplicationProcess application() {
        return application;
    }

    List<NatsServerProcess> nodes() {
        return List.copyOf(nodes.values());
    }

    /** @return the node that leads a stream now */
    NatsServerProcess leaderOf(String stream) throws IOException, JetStreamApiException, InterruptedException {
        try (Connection nats = natsClient()) {
            return nodes.get(nats.jetStreamManagement().getStreamInfo(stream).getClusterInfo().getLeader());
        }
    }

    /** Lets another node become the leader of a stream or a consumer. */
    void stepDown(String kindAndName) throws IOException, InterruptedException {
        try (Connection nats = natsClient()) {
            Message answer = nats.request("$JS.API." + kindAndName, null, ANSWER);
            if (answer == null || !new String(answer.getData(), StandardCharsets.UTF_8).contains("\"success\":true")) {
                throw new IOException(kindAndName + " was not done: " + (answer == null ? "no answer" : new String(answer.getData(), StandardCharsets.UTF_8)));
            }
        }
    }

    /** Waits until the streams that alerts pass through have their leaders, and the consumers of the routes there theirs. */
    void awaitLeaders(Duration bound) throws IOException, InterruptedException {
        List<RouteEndpoint> consumers = RouteEndpoint.durables().stream().filter(consumer -> FLOW.contains(consumer.stream())).toList();
        try (Connection nats = natsClient()) {
            JetStreamManagement management = nats.jetStreamManagement(JetStreamOptions.builder().requestTimeout(LOOK_UP).build());
            await("leaders of ALERTS and JOBS").atMost(bound).pollDelay(Duration.ZERO).pollInterval(LOOK_UP).ignoreExceptions().until(() -> {
                for (RouteEndpoint consumer : consumers) {
                    if (management.getStreamInfo(consumer.stream()).getClusterInfo().getLeader() == null
                            || management.getConsumerInfo(consumer.stream(), consumer.durable()).getClusterInfo().getLeader() == null) {
                        return false;
                    }
                }
                return true;
            });
        }
    }

    /** Waits until each stream has a leader and two copies that are up to date. */
    void awaitReplicated(Duration bound) {
        await("all streams on three nodes").atMost(bound).pollInterval(Duration.ofMillis(250)).ignoreExceptions().until(() -> {
            try (Connection nats = natsClient()) {
                for (String stream : STREAMS) {
                    ClusterInfo cluster = nats.jetStreamManagement().getStreamInfo(stream).getClusterInfo();
                    if (cluster.getLeader() == null || cluster.getReplicas().stream().filter(Replica::isCurrent).count() != 2) {
                        return false;
                    }
                }
                return true;
            }
        });
    }

    @Override
    public java.sql.Connection openDatabase() throws SQLException {
        return DriverManager.getConnection(database, postgres.username(), postgres.password());
    }

    @Override
    public Connection natsClient() throws IOException, InterruptedException {
        return Nats.connect(deployed.client("operator", urls()).maxReconnects(0).errorListener(new ErrorListener() { }).build());
    }

    @Override
    public void close() {
        application.close();
        nodes.values().forEach(NatsServerProcess::close);
    }
}
