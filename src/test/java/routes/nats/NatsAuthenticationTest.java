package routes.nats;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

import io.nats.client.impl.NatsMessage;
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
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
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
            String call = denied.equals("publish") ? "publish" : "subscription";
            String subject = denied.equals("publish") ? "alerts.created" : "private.things";
            assertThat(link.meters.scrape()).contains("nats_permission_violations_total{call=\"%s\"}".formatted(call));
            await().atMost(AT_ONCE).until(() -> link.metric("nats_permission_violations_total{call=\"%s\"}".formatted(call)) == 1);
            assertThat(link.metric("nats_errors_total{kind=\"permissions_violation\"}")).isEqualTo(1);
            assertThat(link.health().getDetails().get("denied").toString()).startsWith(call + " to " + subject + ", user worker, at ");
            await().untilAsserted(() -> assertThat(log.getAll().lines()).anyMatch(line -> line.contains("user worker") && line.contains("Permissions Violation")));
            // the connection goes on
            assertThat(link.health().getStatus()).isEqualTo(Status.UP);
            assertThat(link.health().getDetails().get("lastError").toString()).contains("Permissions Violation");
        }
    }

    /** To jnats it is a publish that nobody answers: 5 s and three more tries. */
    @Test
    void aDeniedPublishFailsAtOnceAndSaysWhy() {
        try (NatsServerProcess server = server(USERS);
                NatsLink link = new NatsLink(server.url(), "NATS_USER=worker", "NATS_PASSWORD=s3cret", "NATS_JETSTREAM_TIMEOUT=60s").start()) {
            NatsMessage message = NatsMessage.builder().subject("alerts.created").data("{}").build();
            assertThat(link.publisher().publish(message)).failsWithin(AT_ONCE).withThrowableOfType(ExecutionException.class)
                    .havingCause().isInstanceOf(PublishRefusedException.class).withMessage("Publish to alerts.created failed after 0 retries: the NATS user of this instance may not publish there");
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
