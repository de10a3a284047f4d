package routes.devservices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL for development and tests, as durable as in production: a commit is on the disk.
 * It can be killed, paused and restarted on the same port and data.
 */
public final class PostgresServer implements AutoCloseable {

    private static final String NAME = "ekko"; // of the superuser, its password and the first database
    private static final Duration START = Duration.ofSeconds(60);

    private final ServerDirectory directory;
    private final DirectoryLock lock;
    private final Path programs;
    private final PostgresUser user;
    private final int port;
    private final Runnable stopAtExit = this::stop;
    private ServerProcess process;

    private PostgresServer(Builder settings) {
        directory = settings.directory == null ? ServerDirectory.temporary("postgres") : ServerDirectory.kept(settings.directory);
        lock = DirectoryLock.acquire(directory.path());
        try {
            programs = PostgresBinaries.home();
            user = PostgresUser.forFolders(programs, directory.path());
            endLeftover();
            initialize();
            port = settings.choosePort();
            launch();
            createDatabase(NAME);
        } catch (RuntimeException e) {
            if (process != null) {
                process.kill();
            }
            lock.close();
            throw e;
        }
        JvmExit.add(stopAtExit);
    }

    /** A server on a free port with temporary data. */
    public static PostgresServer start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    public String jdbcUrl() {
        return jdbcUrl(NAME);
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + Port.HOST + ":" + port + "/" + database;
    }

    public String username() {
        return NAME;
    }

    public String password() {
        return NAME;
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
        return directory.resolve("postgresql.log");
    }

    /** Creates an empty database, unless it exists, and tells its JDBC address. */
    public String createDatabase(String name) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), username(), password())) {
            if (!exists(name, connection)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true));
                }
            }
            return jdbcUrl(name);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create the database " + name, e);
        }
    }

    /** SIGKILL for the server and its workers, as a crash of the machine would end them; the data stays for {@link #restart()}. */
    public synchronized void kill() {
        process.kill();
    }

    /** SIGSTOP for the server and its workers: connections stay open, but nothing answers. */
    public synchronized void pause() {
        process.pause();
    }

    /** SIGCONT. */
    public synchronized void resume() {
        process.resume();
    }

    /** Shuts the server down in an orderly way, breaking the connections; the data stays for {@link #restart()}. */
    public synchronized void shutDown() {
        process.end("INT");
    }

    /** Starts it again on the same port and data, after an orderly shutdown if it runs. */
    public synchronized void restart() {
        shutDown();
        launch();
    }

    /** Ends it for good; temporary data is deleted. */
    public synchronized void stop() {
        if (process != null) {
            // Data that is deleted anyway needs no checkpoint; killing it would leave its shared memory behind.
            process.end(directory.kept() ? "INT" : "QUIT");
        }
        directory.clean("data");
        lock.close();
        JvmExit.remove(stopAtExit);
    }

    @Override
    public void close() {
        stop();
    }

    private static boolean exists(String database, Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            query.setString(1, database);
            return query.executeQuery().next();
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path pidFile() {
        return data().resolve("postmaster.pid");
    }

    // When a JVM is killed, its server lives on, and the next run would talk to that one without knowing.
    private void endLeftover() {
        ServerProcess.find(pidFile(), data().toString()).ifPresent(leftover -> leftover.end("INT"));
    }

    // A number that belongs to another process by now, or to a dead one that nobody has collected yet, looks to PostgreSQL
    // like a running server. Its file cannot just be deleted: it also leads to workers of the dead server that still run.
    private void disownPidFile() {
        if (ServerProcess.readPid(pidFile()).flatMap(ProcessHandle::of).isEmpty()) {
            return;
        }
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(pidFile()));
            lines.set(0, Integer.toString(Integer.MAX_VALUE)); // the number of no process
            Files.write(pidFile(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void initialize() {
        if (Files.isDirectory(data())) {
            user.takeOver(data());
            return;
        }
        Path fresh = directory.resolve("data.initializing");
        Path password = directory.resolve("password");
        try {
            FileSystemUtils.deleteRecursively(fresh); // of a run that was killed here
            Files.writeString(password, password());
            Command.run(user.command(programs.resolve("bin/initdb"), "-D", fresh.toString(), "-U", username(), "--pwfile", password.toString(),
                    "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")).outputOrThrow();
            Files.delete(password);
            Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void launch() {
        disownPidFile();
        // After a crash, workers of the dead server may hold its shared memory for a moment longer.
        Awaitility.await("PostgreSQL starts on port " + port).atMost(START).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    Command start = Command.run(user.command(programs.resolve("bin/pg_ctl"), "start", "-w", "-t", "" + START.toSeconds(),
                            "-D", data().toString(), "-l", log().toString(), "-o", options()));
                    if (!start.succeeded() && !ServerProcess.tail(log()).contains("is still in use")) {
                        throw new IllegalStateException(start.output() + "\nThe end of " + log() + ":\n" + ServerProcess.tail(log()));
                    }
                    return start.succeeded();
                });
        process = ServerProcess.readPid(pidFile()).flatMap(ServerProcess::find)
                .orElseThrow(() -> new IllegalStateException("PostgreSQL ended at once; the end of " + log() + ":\n" + ServerProcess.tail(log())));
    }

    private String options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("listen_addresses", Port.HOST);
        options.put("port", Integer.toString(port));
        options.put("unix_socket_directories", ""); // TCP is enough, and a socket file of another user cannot be in the way
        options.put("fsync", "on");
        options.put("synchronous_commit", "on");
        options.put("full_page_writes", "on");
        options.put("max_connections", "200");
        options.put("timezone", "UTC");
        return options.entrySet().stream().map(option -> "-c " + option.getKey() + "=" + option.getValue()).collect(Collectors.joining(" "));
    }

    /** What a server is started with. */
    public static final class Builder {

        private Path directory;
        private int port;
        private int preferredPort;

        /** Where data and log are kept between runs; without it they are temporary, under {@code target}. */
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

        public PostgresServer start() {
            return new PostgresServer(this);
        }

        private int choosePort() {
            if (port != 0) {
                return port;
            }
            return preferredPort == 0 ? Port.free() : Port.freeOrElseAny(preferredPort);
        }
    }
}
