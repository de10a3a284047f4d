package routes.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.nats.client.Options;
import routes.devservices.NatsServerProcess;
import routes.devservices.Port;

/** The server configuration of {@code deploy/nats}, used as an operator would: certificates by its script, everything else by environment. */
public final class DeployedNats {

    public static final Path FOLDER = Path.of("deploy", "nats").toAbsolutePath();

    private static final String CLUSTER_PASSWORD = "betweenNodes";
    /** Hashes of {@code <user>-secret}, in both spellings that the configuration takes: Go's own, and any other in quotes. */
    private static final Map<String, String> HASHES = Map.of(
            "api", "$2a$04$ekkoekkoekkoekkoekkoeuAiiq3dMZY1RJ7hf6voff6lSOSvNl5r2",
            "nlp", "$2a$04$ekkoekkoekkoekkoekkoeuUBqQPyCy2yV4KOb9JdR.jekxzZ4Iela",
            "ops", "\"$2b$04$ekkoekkoekkoekkoekkoeuw4hr/GZropVcUxyshA0FCy9cHbveDle\"",
            "provision", "\"$2b$04$ekkoekkoekkoekkoekkoeu34TpQWzqWFO1qsUOrBctCglxQJ/Yeke\"",
            "operator", "\"$2y$04$ekkoekkoekkoekkoekkoeunfgPFsWNN6CWrTQMr0CoxlmsPCBZkuC\"");

    private final Path certificates;

    /** @param certificates folder for the certificates, made where they are missing */
    public DeployedNats(Path certificates) throws IOException, InterruptedException {
        this.certificates = certificates.toAbsolutePath();
        Process script = new ProcessBuilder(FOLDER.resolve("certificates").toString(), this.certificates.toString()).inheritIO().start();
        if (script.waitFor() != 0) {
            throw new IOException("deploy/nats/certificates ended with " + script.exitValue());
        }
    }

    /** One server. */
    public NatsServerProcess.Builder server() {
        return NatsServerProcess.builder().shippedConfig(FOLDER.resolve(knowsSyncInterval() ? "server.conf" : "server-2.9.conf"), environment());
    }

    /** Three servers that are one cluster when all are started. */
    public List<NatsServerProcess.Builder> cluster() {
        List<Integer> routes = List.of(Port.free(), Port.free(), Port.free());
        String urls = routes.stream().map(port -> "nats-route://cluster:%s@%s:%d".formatted(CLUSTER_PASSWORD, Port.HOST, port)).collect(Collectors.joining(", ", "[", "]"));
        List<NatsServerProcess.Builder> nodes = new ArrayList<>();
        for (int port : routes) {
            Map<String, String> environment = environment();
            environment.put("EKKO_NATS_CLUSTER_LISTEN", Port.HOST + ":" + port);
            environment.put("EKKO_NATS_CLUSTER_ROUTES", urls);
            environment.put("EKKO_NATS_CLUSTER_PASSWORD", CLUSTER_PASSWORD);
            nodes.add(NatsServerProcess.builder().shippedConfig(FOLDER.resolve(knowsSyncInterval() ? "cluster.conf" : "cluster-2.9.conf"), environment));
        }
        return nodes;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "EKKO_NATS_MONITOR", "%s:%d".formatted(Port.HOST, Port.free()),
                "EKKO_NATS_MAX_FILE_STORE", "256MB",
                "EKKO_NATS_TLS_CERT", certificates.resolve("server.pem").toString(),
                "EKKO_NATS_TLS_KEY", certificates.resolve("server-key.pem").toString(),
                "EKKO_NATS_TLS_CA", certificates.resolve("ca.pem").toString()));
        HASHES.forEach((user, hash) -> environment.put("EKKO_NATS_%s_PASSWORD_HASH".formatted(user.toUpperCase()), hash));
        return environment;
    }

    private static boolean knowsSyncInterval() {
        return !NatsServerProcess.version().startsWith("2.9.");
    }

    /**
     * @param user a user of {@code users.conf}
     * @param urls the servers
     * @return environment of an instance that is this user
     */
    public Map<String, String> application(String user, String urls) {
        return Map.of("NATS_URL", urls, "NATS_USER", user, "NATS_PASSWORD", user + "-secret", "NATS_INBOX_PREFIX", "_INBOX." + user,
                "NATS_TLS_TRUST_STORE", certificates.resolve("trust.p12").toString(), "NATS_TLS_TRUST_STORE_PASSWORD", "changeit",
                "NATS_TLS_KEY_STORE", certificates.resolve(user + ".p12").toString(), "NATS_TLS_KEY_STORE_PASSWORD", "changeit");
    }

    /** @return options of a plain client that is this user */
    public Options.Builder client(String user, String urls) {
        return new Options.Builder().servers(urls.split(",")).userInfo(user, user + "-secret").inboxPrefix("_INBOX." + user)
                .truststorePath(certificates.resolve("trust.p12").toString()).truststorePassword("changeit".toCharArray())
                .keystorePath(certificates.resolve(user + ".p12").toString()).keystorePassword("changeit".toCharArray());
    }
}
