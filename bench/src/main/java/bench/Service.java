package bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.io.CloseMode;
import routes.devservices.NatsServerProcess;
import routes.devservices.Port;
import routes.devservices.PostgresServer;

import static org.awaitility.Awaitility.await;

/** A service under test, a process of its own, with a PostgreSQL and a nats-server that nobody else uses. */
final class Service implements AutoCloseable {

    enum Kind { EKKO, BASELINE }

    /** The user whom all alerts belong to. */
    static final String USER = "local";
    private static final String SECRET = "a-secret-for-the-benchmark-and-nothing-else";
    private static final String HEAP = "-Xmx256m";
    /** As the application is started in production. */
    private static final String OPTIONS = "@deploy/jvm.options";
    /** Without a charset, as most clients say it. */
    private static final ContentType JSON = ContentType.create("application/json");
    private static final int CONNECTIONS = 2_000;

    final Kind kind;
    private final List<String> program;
    final PostgresServer postgres = PostgresServer.start();
    final NatsServerProcess nats = NatsServerProcess.start();
    private final CloseableHttpClient http = HttpClients.custom().disableAutomaticRetries().setConnectionManager(PoolingHttpClientConnectionManagerBuilder
            .create().setMaxConnTotal(CONNECTIONS).setMaxConnPerRoute(CONNECTIONS).build()).build();
    private final String token = token();
    private final String database = postgres.createDatabase("bench");
    private final int port = Port.free();
    private Process process;

    /** @param aot whether the application starts as in its image: from its files and with the cache of the Maven profile of that name */
    Service(Kind kind, boolean aot) {
        this.kind = kind;
        this.program = kind == Kind.BASELINE ? List.of("-jar", "bench/target/ekko-bench.jar")
                : aot ? List.of(OPTIONS, "@target/aot/cache.options", "-jar", "target/aot/ekko-alerts.jar") : List.of(OPTIONS, "-jar", "target/ekko-alerts.jar");
    }

    /** @return the time until it answered a request, in seconds */
    double start(Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of("SPRING_DATASOURCE_URL", database, "SPRING_DATASOURCE_USERNAME", postgres.username(),
                "SPRING_DATASOURCE_PASSWORD", postgres.password(), "SERVER_PORT", String.valueOf(port), "NATS_URL", nats.url(),
                "EKKO_SECURITY_JWT_SECRET", SECRET));
        if (kind == Kind.BASELINE) {
            // as many connections as the application has
            environment.put("SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE", "24");
        }
        environment.putAll(more);
        Path log = Path.of("bench", "target", kind.name().toLowerCase() + ".log");
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP);
        builder.command().addAll(program);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        long begun = System.nanoTime();
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        await(kind + " ready, see " + log).atMost(Duration.ofMinutes(2)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).ignoreExceptions()
                .until(() -> http.execute(request("GET", "/alerts/", null), ClassicHttpResponse::getCode) == 200);
        return (System.nanoTime() - begun) / 1e9;
    }

    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** @param body JSON; null for none */
    ClassicHttpRequest request(String method, String path, String body) {
        ClassicRequestBuilder request = ClassicRequestBuilder.create(method).setUri("http://127.0.0.1:" + port + path).addHeader("Authorization", "Bearer " + token);
        return (body == null ? request : request.setEntity(body, JSON)).build();
    }

    CloseableHttpClient http() {
        return http;
    }

    /** @return CPU milliseconds of service, PostgreSQL and NATS */
    List<Double> cpuMillis() {
        return List.of(ProcessCosts.cpuMillis(process.pid()), ProcessCosts.cpuMillis(postgres.pid()), ProcessCosts.cpuMillis(nats.pid()));
    }

    double peakMemory() {
        return ProcessCosts.peakMemory(process.pid());
    }

    long count(String sql) throws SQLException {
        try (Connection connection = connect(); ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect()) {
            connection.createStatement().execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database, postgres.username(), postgres.password());
    }

    /** HS256, RFC 7515 and RFC 7519. */
    private static String token() {
        try {
            Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
            String claims = "{\"sub\":\"%s\",\"scope\":\"ops\",\"exp\":%d}".formatted(USER, System.currentTimeMillis() / 1000 + 86_400);
            String content = base64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                    + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return content + "." + base64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        http.close(CloseMode.IMMEDIATE);
        nats.close();
        postgres.close();
    }
}
