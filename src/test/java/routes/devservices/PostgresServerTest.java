package routes.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
        assertThat(server.log()).exists();
        assertThat(server.log().resolveSibling("data")).doesNotExist();
    }

    @Test
    void isAsDurableAsInProduction() throws Exception {
        for (Map.Entry<String, String> setting : Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on",
                "max_connections", "200").entrySet()) {
            assertThat(query("SHOW " + setting.getKey())).as(setting.getKey()).isEqualTo(setting.getValue());
        }
    }

    @Test
    void asksForThePassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), server.username(), "wrong").close())
                .isInstanceOf(SQLException.class).hasMessageContaining("password");
    }

    @Test
    void keepsCommittedRowsWhenItIsKilledAndRestartedOnTheSamePort() throws Exception {
        String url = server.jdbcUrl();
        execute("CREATE TABLE kept (id int)");
        for (int round = 1; round <= 3; round++) {
            long pid = server.pid();
            try (Connection open = connect(url); Statement statement = open.createStatement()) {
                statement.execute("INSERT INTO kept VALUES (" + round + ")");
                server.kill();
                assertThat(server.isRunning()).isFalse();
                assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
            }
            server.restart();

            assertThat(server.jdbcUrl()).isEqualTo(url);
            assertThat(server.pid()).isNotEqualTo(pid);
            assertThat(query("SELECT count(*) FROM kept")).isEqualTo(Integer.toString(round));
        }
        server.restart();
        assertThat(query("SELECT count(*) FROM kept")).isEqualTo("3");
    }

    @Test
    void answersNothingWhilePaused() throws Exception {
        try (Connection connection = connect(server.jdbcUrl()); Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, 300);
            server.pause();
            assertThatThrownBy(() -> statement.execute("SELECT 1")).hasRootCauseInstanceOf(java.net.SocketTimeoutException.class);
            server.resume();
        }
        assertThat(query("SELECT 1")).isEqualTo("1");
    }

    @Test
    void createsDatabasesApart() throws Exception {
        String one = server.createDatabase("Of one test");
        String other = server.createDatabase("other");
        try (Connection connection = connect(one); Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE mine (id int)");
        }
        try (Connection connection = connect(other); Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT * FROM mine")).hasMessageContaining("mine");
        }
        assertThat(server.createDatabase("other")).isEqualTo(other);
    }

    @Test
    void refusesAPortThatAnotherServerHolds() {
        assertThatThrownBy(() -> PostgresServer.builder().port(server.port()).start()).hasMessageContaining("in use");
    }

    @Test
    void neverAttachesToTheServerOfAKilledRun(@TempDir Path folder) throws Exception {
        Path directory = folder.resolve("postgres");
        int port = Port.free();
        String expression = "PostgresServer.builder().directory(Path.of(args[0])).port(" + port + ").start()";
        long leftover;
        try (AnotherJvm killed = AnotherJvm.start(folder, expression, directory)) {
            leftover = killed.serverPid();
            assertThatThrownBy(() -> DirectoryLock.acquire(directory, java.time.Duration.ofMillis(1))).hasMessageContaining("Another run");
            killed.kill();
        }
        assertThat(ServerProcess.find(leftover)).isPresent();

        try (PostgresServer next = PostgresServer.builder().directory(directory).port(port).start()) {
            assertThat(ServerProcess.find(leftover)).isEmpty();
            assertThat(next.pid()).isNotEqualTo(leftover);
        }
        try (AnotherJvm ended = AnotherJvm.start(folder, expression, directory)) {
            long last = ended.serverPid();
            ended.exit();
            await().untilAsserted(() -> assertThat(ServerProcess.find(last)).isEmpty());
        }
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, server.username(), server.password());
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = connect(server.jdbcUrl()); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(String sql) throws SQLException {
        try (Connection connection = connect(server.jdbcUrl()); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
