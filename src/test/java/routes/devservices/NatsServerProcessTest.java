package routes.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsServerProcessTest {

    @Test
    void keepsItsStreamsWhenItIsKilledAndRestartedOnTheSamePort() throws Exception {
        try (NatsServerProcess server = NatsServerProcess.start()) {
            String url = server.url();
            long firstPid = server.pid();
            try (Connection connection = Nats.connect(url)) {
                connection.jetStreamManagement().addStream(
                        StreamConfiguration.builder().name("KEPT").subjects("kept.>").storageType(StorageType.File).build());
                connection.jetStream().publish("kept.one", "first".getBytes());
            }

            server.kill();
            assertThat(server.isRunning()).isFalse();
            server.restart();

            assertThat(server.url()).isEqualTo(url);
            assertThat(server.pid()).isNotEqualTo(firstPid);
            assertThat(messages(server)).isEqualTo(1);

            server.restart();
            assertThat(messages(server)).isEqualTo(1);
        }
    }

    @Test
    void answersNothingWhilePaused() throws Exception {
        try (NatsServerProcess server = NatsServerProcess.start(); Connection connection = Nats.connect(server.url())) {
            server.pause();
            assertThatThrownBy(() -> connection.flush(Duration.ofMillis(200))).isInstanceOf(java.util.concurrent.TimeoutException.class);
            server.resume();
            connection.flush(Duration.ofSeconds(10));
        }
    }

    @Test
    void takesMoreConfiguration() throws Exception {
        try (NatsServerProcess server = NatsServerProcess.builder()
                .config("max_payload: 2048", "authorization { users: [ {user: worker, password: secret} ] }")
                .arguments("--http_port", "-1")
                .start()) {
            assertThatThrownBy(() -> Nats.connect(server.url())).isInstanceOf(AuthenticationException.class);
            try (Connection connection = Nats.connect(Options.builder().server(server.url()).userInfo("worker", "secret").build())) {
                assertThat(connection.getMaxPayload()).isEqualTo(2048);
            }
        }
    }

    @Test
    void showsTheServersOwnWordsWhenItDoesNotStart() {
        assertThatThrownBy(() -> NatsServerProcess.builder().config("max_payload: nonsense").start())
                .hasMessageContaining("nats-server.conf:5");
    }

    @Test
    void refusesAPortThatAnotherServerHolds() {
        try (NatsServerProcess first = NatsServerProcess.start()) {
            assertThatThrownBy(() -> NatsServerProcess.builder().port(first.port()).start())
                    .hasMessageContaining("address already in use");
            try (NatsServerProcess second = NatsServerProcess.builder().preferredPort(first.port()).start()) {
                assertThat(second.port()).isNotEqualTo(first.port());
            }
        }
    }

    @Test
    void deletesATemporaryStoreAndKeepsTheLog() {
        NatsServerProcess server = NatsServerProcess.start();
        server.stop();
        assertThat(server.log()).exists();
        assertThat(server.log().resolveSibling("jetstream")).doesNotExist();
    }

    @Test
    void outlivesNeitherTheJvmNorTheRunAfterAKilledOne(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("nats");
        try (AnotherJvm ended = AnotherJvm.start(folder, "NatsServerProcess.builder().directory(Path.of(args[0])).start()", store)) {
            long server = ended.serverPid();
            ended.exit();
            await().untilAsserted(() -> assertThat(ServerProcess.find(server)).isEmpty());
        }
        long leftover;
        try (AnotherJvm killed = AnotherJvm.start(folder, "NatsServerProcess.builder().directory(Path.of(args[0])).start()", store)) {
            leftover = killed.serverPid();
            killed.kill();
        }
        assertThat(ServerProcess.find(leftover)).isPresent();
        try (NatsServerProcess next = NatsServerProcess.builder().directory(store).start()) {
            assertThat(ServerProcess.find(leftover)).isEmpty();
            assertThat(next.isRunning()).isTrue();
        }
        assertThat(Files.isDirectory(store.resolve("jetstream"))).isTrue();
    }

    private static long messages(NatsServerProcess server) throws Exception {
        try (Connection connection = Nats.connect(server.url())) {
            return connection.jetStreamManagement().getStreamInfo("KEPT").getStreamState().getMsgCount();
        }
    }
}
