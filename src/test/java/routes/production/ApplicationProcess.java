package routes.production;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import routes.devservices.NatsServerProcess;
import routes.devservices.Port;
import routes.devservices.PostgresServer;
import routes.security.Tokens;

import static org.awaitility.Awaitility.await;

/** The production jar as a process of its own, given everything by environment, as in production. */
public final class ApplicationProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final List<String> command;
    private final int port;
    private final Map<String, String> environment;
    private final Path log;
    private Process process;

    ApplicationProcess(String name, String jdbcUrl, PostgresServer postgres, NatsServerProcess nats, String... profiles) {
        this(name, jdbcUrl, postgres, Map.of("NATS_URL", nats.url(), "SPRING_PROFILES_ACTIVE", String.join(",", profiles)));
    }

    /** @param more environment variables besides those of the database and the HTTP port */
    public ApplicationProcess(String name, String jdbcUrl, PostgresServer postgres, Map<String, String> more) {
        this(ProductionJar.command(), name, jdbcUrl, postgres, more);
    }

    /** @param command see {@link #command} */
    ApplicationProcess(List<String> command, String name, String jdbcUrl, PostgresServer postgres, Map<String, String> more) {
        this.command = command;
        this.port = Port.free();
        this.log = Path.of("target", "production-%s-%d.log".formatted(name, port));
        this.environment = new HashMap<>(more);
        environment.put("EKKO_SECURITY_JWT_SECRET", Tokens.SECRET);
        environment.putAll(Map.of("SPRING_DATASOURCE_URL", jdbcUrl, "SPRING_DATASOURCE_USERNAME", postgres.username(),
                "SPRING_DATASOURCE_PASSWORD", postgres.password(), "SERVER_PORT", String.valueOf(port)));
        start();
    }

    /** @return the command that starts a jar, with the options and the heap of production */
    static List<String> command(Path javaHome, Path jar, String... options) {
        return Stream.of(List.of(javaHome.resolve("bin/java").toString(), "@deploy/jvm.options", "-Xmx256m"), List.of(options), List.of("-jar", jar.toString())).flatMap(List::stream).toList();
    }

    public void start() {
        try {
            Files.createDirectories(log.getParent());
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
            process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ApplicationProcess awaitReady() {
        await("application ready, see " + log).atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(100)).until(this::isReady);
        return this;
    }

    private boolean isReady() {
        try {
            return get("/actuator/health/readiness").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGKILL: no shutdown hook, no drain, no flush. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGSTOP: its connections stay open, but it does nothing. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            // the shell's own kill: small images lack the program
            new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pid()).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** For a run that ends by itself. @return its exit code */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after 90 s, see " + log);
        }
        return process.exitValue();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGTERM. @return how long it took to end */
    public Duration terminate() throws InterruptedException {
        return terminate(Duration.ofMinutes(1));
    }

    Duration terminate(Duration bound) throws InterruptedException {
        long start = System.nanoTime();
        process.destroy();
        if (!process.waitFor(bound.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running %d s after SIGTERM, see %s".formatted(bound.toSeconds(), log));
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    public HttpResponse<String> get(String path) throws IOException {
        return send(request(path).timeout(Duration.ofSeconds(10)).build());
    }

    HttpResponse<String> post(String path, String body, String idempotencyKey) throws IOException {
        return send(request(path).timeout(Duration.ofSeconds(30)).header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    static HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** @return value of a counter on the metrics page, 0 where it is not there */
    double counter(String nameAndLabels) throws IOException {
        return get("/actuator/prometheus").body().lines().filter(line -> line.startsWith(nameAndLabels + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).findFirst().orElse(0);
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request of a user who may do everything. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", Tokens.BEARER);
    }

    public URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
