package routes.devservices;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * A real nats-server with JetStream, for development and tests: the one that {@code bin/nats-server} finds.
 * It can be killed, paused and restarted on the same port and store.
 */
public final class NatsServerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final Builder settings;
    private final ServerDirectory directory;
    private final DirectoryLock lock;
    private final int port;
    // Told in the server's first line: another server that has taken the port meanwhile is not mistaken for ours.
    private final String name = "ekko-" + UUID.randomUUID();
    private final Runnable stopAtExit = this::stop;
    private ServerProcess process;

    private NatsServerProcess(Builder settings) {
        this.settings = settings;
        this.directory = settings.directory == null ? ServerDirectory.temporary("nats") : ServerDirectory.kept(settings.directory);
        this.lock = DirectoryLock.acquire(directory.path());
        try {
            ServerProcess.find(pidFile(), config().toString()).ifPresent(leftover -> leftover.end("TERM"));
            this.port = settings.choosePort();
            launch();
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        JvmExit.add(stopAtExit);
    }

    /** A server on a free port with a temporary store. */
    public static NatsServerProcess start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    public String url() {
        return "nats://" + Port.HOST + ":" + port;
    }

    /** What the server calls itself; in a cluster, what streams call it. */
    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    public synchronized long pid() {
        return process.pid();
    }

    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    public Path log() {
        return directory.resolve("nats-server.log");
    }

    /** SIGKILL; the store stays for {@link #restart()}. */
    public synchronized void kill() {
        process.kill();
    }

    /** SIGSTOP: connections stay open, but nothing answers. */
    public synchronized void pause() {
        process.pause();
    }

    /** SIGCONT. */
    public synchronized void resume() {
        process.resume();
    }

    /** Shuts the server down in an orderly way; the store stays for {@link #restart()}. */
    public synchronized void shutDown() {
        process.end("TERM");
    }

    /** Starts it again on the same port and store, after an orderly shutdown if it runs. */
    public synchronized void restart() {
        shutDown();
        launch();
    }

    /** Ends it for good; a temporary store is deleted. */
    public synchronized void stop() {
        if (process != null) {
            shutDown();
        }
        directory.clean("jetstream");
        lock.close();
        JvmExit.remove(stopAtExit);
    }

    @Override
    public void close() {
        stop();
    }

    private void launch() {
        List<String> command = settings.shipped == null ? ownConfig() : shippedConfig();
        command.addAll(settings.arguments);
        process = ServerProcess.start(command, log());
        ServerProcess started = process;
        Awaitility.await("nats-server answers on " + url()).atMost(START).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10))
                .until(() -> answers() || !started.isAlive());
        if (!started.isAlive()) {
            throw new IllegalStateException("nats-server does not start; the end of " + log() + ":\n" + ServerProcess.tail(log()));
        }
    }

    private List<String> ownConfig() {
        try {
            Files.writeString(config(), configText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ArrayList<>(List.of(program(), "-c", config().toString()));
    }

    private List<String> shippedConfig() {
        List<String> command = new ArrayList<>(List.of("env", "EKKO_NATS_LISTEN=" + Port.HOST + ":" + port, "EKKO_NATS_STORE=" + directory.path()));
        settings.environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of(program(), "-c", settings.shipped.toString(), "--name", name, "--pid", pidFile().toString()));
        return command;
    }

    /** Version of the server that is found here, such as {@code 2.9.10}. */
    public static String version() {
        return Command.run(List.of(program(), "--version")).outputOrThrow().replaceFirst(".*v", "");
    }

    private static String program() {
        // A first run may have to download it: that takes its time, and the person who waits should see why.
        return Command.runShowingProgress(List.of(ProjectHome.natsServerFinder().toString(), "--where")).outputOrThrow();
    }

    private String configText() {
        return """
                server_name: "%s"
                listen: "%s:%d"
                pid_file: "%s"
                jetstream { store_dir: "%s"%s }
                %s
                """.formatted(name, Port.HOST, port, pidFile(), directory.path(), settings.jetStream, String.join("\n", settings.config));
    }

    private Path config() {
        return directory.resolve("nats-server.conf");
    }

    private Path pidFile() {
        return directory.resolve("nats-server.pid");
    }

    // A NATS server speaks first: INFO {…}
    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(Port.HOST, port), 1_000);
            socket.setSoTimeout(1_000);
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
            return line != null && line.startsWith("INFO ") && line.contains(name);
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What a server is started with. */
    public static final class Builder {

        private final List<String> arguments = new ArrayList<>();
        private final List<String> config = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();
        private Path shipped;
        private Path directory;
        private String jetStream = "";
        private int port;
        private int preferredPort;

        /** Where store, log and pid file are kept between runs; without it they are temporary, under {@code target}. */
        public Builder directory(Path kept) {
            this.directory = kept;
            return this;
        }

        /** The port to listen on; 0, the default, takes a free one. */
        public Builder port(int fixed) {
            this.port = fixed;
            return this;
        }

        /** The port to listen on if nobody else does. */
        public Builder preferredPort(int preferred) {
            this.preferredPort = preferred;
            return this;
        }

        /** How much JetStream may keep on disk, such as {@code 256MB}; without it, three quarters of what is free. */
        public Builder maxFileStore(String size) {
            this.jetStream = ", max_file_store: " + size;
            return this;
        }

        /** More command line arguments, such as {@code -DV}. */
        public Builder arguments(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        /** More lines of the server's configuration file, such as {@code max_payload: 2MB} or an {@code authorization} block. */
        public Builder config(String... lines) {
            config.addAll(List.of(lines));
            return this;
        }

        /**
         * A configuration file of {@code deploy/nats} instead of one made here; where to listen and to store is given it by environment.
         *
         * @param file its path
         * @param more environment variables that it names besides
         */
        public Builder shippedConfig(Path file, Map<String, String> more) {
            this.shipped = file;
            environment.putAll(more);
            return this;
        }

        public NatsServerProcess start() {
            return new NatsServerProcess(this);
        }

        private int choosePort() {
            if (port != 0) {
                return port;
            }
            return preferredPort == 0 ? Port.free() : Port.freeOrElseAny(preferredPort);
        }
    }
}
