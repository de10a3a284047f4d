package routes.nats;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import routes.devservices.NatsServerProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Who may in, who not, and what is said to those who may not. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class NatsAuthenticationTest {

    private static final String USERS = """
            authorization { users: [ {user: worker, password: "s3cret", permissions: {publish: {deny: "alerts.>"}, subscribe: {deny: "private.>"}}} ] }""";
    private static final String WRONG = "NATS_PASSWORD=wrong";

    @Test
    void aUserWithTheRightPasswordIsLetIn() {
        try (NatsServerProcess server = server(USERS); NatsLink link = new NatsLink(server.url(), "NATS_USER=worker", "NATS_PASSWORD=s3cret").start()) {
            assertThat(link.health().getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void aTokenIsLetIn() {
        try (NatsServerProcess server = server("authorization { token: \"t0ken\" }"); NatsLink link = new NatsLink(server.url(), "NATS_TOKEN=t0ken").start()) {
            assertThat(link.health().getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void aWrongPasswordIsToldInHealthAndLogAndNeverShown(CapturedOutput log) {
        try (NatsServerProcess server = server(USERS); NatsLink link = new NatsLink(server.url(), "NATS_USER=worker", WRONG).start()) {
            assertThat(link.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(link.health().getDetails().get("reason").toString()).containsIgnoringCase("Authentication error").containsIgnoringCase("authorization violation");
            assertThat(log).containsIgnoringCase("authorization violation").doesNotContain("wrong");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish", "subscribe"})
    void aPermissionsViolationIsCountedAndLoggedWithTheUser(String denied, CapturedOutput log) {
        try (NatsServerProcess server = server(USERS); NatsLink link = new NatsLink(server.url(), "NATS_USER=worker", "NATS_PASSWORD=s3cret").start()) {
            if (denied.equals("publish")) {
                link.connection.ifConnected().orElseThrow().publish("alerts.created", new byte[0]);
            } else {
                link.connection.ifConnected().orElseThrow().subscribe("private.things");
            }
            await().until(() -> link.metric("nats_errors_total{kind=\"permissions_violation\"}") == 1);
            await().untilAsserted(() -> assertThat(log.getAll().lines()).anyMatch(line -> line.contains("user worker") && line.contains("Permissions Violation")));
            // the connection goes on
            assertThat(link.health().getStatus()).isEqualTo(Status.UP);
            assertThat(link.health().getDetails().get("lastError").toString()).contains("Permissions Violation");
        }
    }

    @Test
    void aClientWithACertificateOfTheAuthorityIsLetInEncrypted() throws Exception {
        TestCertificates certificates = TestCertificates.make();
        try (NatsServerProcess server = server(certificates.serverConfig());
                NatsLink link = new NatsLink(server.url(), certificates.trustAndKeyStoreSettings()).start()) {
            assertThat(link.health().getStatus()).isEqualTo(Status.UP);
            assertThat(link.connection.ifConnected().orElseThrow().getServerInfo().isTLSRequired()).isTrue();
        }
    }

    @Test
    void aClientWithoutACertificateIsRefused() throws Exception {
        TestCertificates certificates = TestCertificates.make();
        try (NatsServerProcess server = server(certificates.serverConfig());
                NatsLink link = new NatsLink(server.url(), certificates.trustStoreSettings()).start()) {
            assertThat(link.health().getStatus()).isEqualTo(Status.DOWN);
            await().untilAsserted(() -> assertThat(link.health().getDetails().toString()).containsIgnoringCase("certificate"));
        }
    }

    @Test
    void aServerOfAnUnknownAuthorityIsRefused() throws Exception {
        TestCertificates certificates = TestCertificates.make();
        try (NatsServerProcess server = server(certificates.serverConfig()); NatsLink link = new NatsLink(server.url().replace("nats:", "tls:")).start()) {
            assertThat(link.health().getStatus()).isEqualTo(Status.DOWN);
            await().untilAsserted(() -> assertThat(link.health().getDetails().toString()).containsIgnoringCase("certification path"));
        }
    }

    private static NatsServerProcess server(String config) {
        return NatsServerProcess.builder().config(config).start();
    }
}
