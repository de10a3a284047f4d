package routes.nats;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.NKey;
import io.nats.client.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** From the environment through {@code application.yaml} to the options of jnats: no setting gets lost on the way. */
class NatsOptionsTest {

    @ParameterizedTest(name = "{0} is {1} by default")
    @MethodSource
    void theDefaultsAreThoseOfTheContract(String setting, Object expected, Function<Options, Object> actual) {
        assertThat(actual.apply(options())).as(setting).isEqualTo(expected);
    }

    static Stream<Arguments> theDefaultsAreThoseOfTheContract() {
        return Stream.of(
                option("servers", List.of(URI.create("nats://localhost:4222")), Options::getServers),
                option("connection name", "ekko-alerts", Options::getConnectionName),
                option("max reconnects", 10, Options::getMaxReconnect),
                option("reconnect wait", Duration.ofSeconds(2), Options::getReconnectWait),
                option("connection timeout", Duration.ofSeconds(5), Options::getConnectionTimeout),
                option("ping interval", Duration.ofSeconds(120), Options::getPingInterval),
                option("max pings out", 2, Options::getMaxPingsOut),
                option("no echo", false, Options::isNoEcho),
                option("pedantic", false, Options::isPedantic),
                option("max pending", 65_536, Options::getMaxMessagesInOutgoingQueue),
                option("inbox prefix", "_INBOX.", Options::getInboxPrefix),
                option("user", null, Options::getUsernameChars),
                option("password", null, Options::getPasswordChars),
                option("token", null, Options::getTokenChars),
                option("credentials", null, Options::getAuthHandler),
                option("TLS", null, Options::getSslContext));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void anEnvironmentVariableReachesTheClient(String variable, Object expected, Function<Options, Object> actual) {
        assertThat(actual.apply(options(variable))).isEqualTo(expected);
    }

    static Stream<Arguments> anEnvironmentVariableReachesTheClient() {
        return Stream.of(
                option("NATS_URL=nats://one:4222,nats://two:4223", List.of(URI.create("nats://one:4222"), URI.create("nats://two:4223")), Options::getServers),
                option("NATS_CONNECTION_NAME=worker-7", "worker-7", Options::getConnectionName),
                option("NATS_TOKEN=t0ken", "t0ken", options -> new String(options.getTokenChars())),
                option("NATS_MAX_RECONNECT_ATTEMPTS=-1", -1, Options::getMaxReconnect),
                option("NATS_RECONNECT_TIME_WAIT=300ms", Duration.ofMillis(300), Options::getReconnectWait),
                option("NATS_CONNECTION_TIMEOUT=7s", Duration.ofSeconds(7), Options::getConnectionTimeout),
                option("NATS_PING_INTERVAL=15s", Duration.ofSeconds(15), Options::getPingInterval),
                option("NATS_MAX_PINGS_OUT=5", 5, Options::getMaxPingsOut),
                option("NATS_NO_ECHO=true", true, Options::isNoEcho),
                option("NATS_PEDANTIC=true", true, Options::isPedantic),
                option("NATS_MAX_PENDING=100", 100, Options::getMaxMessagesInOutgoingQueue),
                option("NATS_INBOX_PREFIX=_INBOX_worker", "_INBOX_worker.", Options::getInboxPrefix));
    }

    @Test
    void theSettingsThatTheApplicationItselfObeysHaveTheirDefaults() {
        NatsProperties properties = ApplicationYaml.nats();
        assertThat(properties.drainTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(properties.maxPayload()).isEqualTo(DataSize.ofMegabytes(1));
        assertThat(properties.jetstreamTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(properties.publish().retries()).isEqualTo(3);
        assertThat(properties.publish().backoffFactor()).isEqualTo(2);
    }

    @Test
    void theSettingsThatTheApplicationItselfObeysCanBeChanged() {
        NatsProperties properties = ApplicationYaml.nats("NATS_DRAIN_TIMEOUT=3s", "NATS_MAX_PAYLOAD=64KB", "NATS_JETSTREAM_TIMEOUT=1s",
                "NATS_PUBLISH_RETRIES=0", "NATS_PUBLISH_BACKOFF=10ms", "NATS_PUBLISH_BACKOFF_FACTOR=1.5", "EKKO_NATS_REPLICAS=3", "EKKO_NATS_PROVISION=false");
        assertThat(properties.drainTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(properties.maxPayload()).isEqualTo(DataSize.ofKilobytes(64));
        assertThat(properties.jetstreamTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(properties.publish()).isEqualTo(new NatsProperties.Publish(0, Duration.ofMillis(10), 1.5));
        assertThat(properties.replicas()).isEqualTo(3);
        assertThat(properties.provision()).isEqualTo(Provision.FALSE);
    }

    @Test
    void userAndPasswordGoTogether() {
        Options options = options("NATS_USER=worker", "NATS_PASSWORD=s3:cr@t");
        assertThat(new String(options.getUsernameChars())).isEqualTo("worker");
        assertThat(new String(options.getPasswordChars())).isEqualTo("s3:cr@t");
    }

    @Test
    void aCredentialsFileGivesTokenAndKey(@TempDir Path folder) throws Exception {
        NKey user = NKey.createUser(null);
        Path creds = Files.writeString(folder.resolve("worker.creds"), """
                -----BEGIN NATS USER JWT-----
                header.claims.signature
                ------END NATS USER JWT------

                -----BEGIN USER NKEY SEED-----
                %s
                ------END USER NKEY SEED------
                """.formatted(new String(user.getSeed())));
        Options options = options("NATS_CREDS=" + creds);
        assertThat(new String(options.getAuthHandler().getJWT())).isEqualTo("header.claims.signature");
        assertThat(options.getAuthHandler().getID()).isEqualTo(user.getPublicKey());
    }

    @Test
    void theStoresMakeAConnectionEncrypted() throws Exception {
        TestCertificates certificates = TestCertificates.make();
        assertThat(options(certificates.trustStoreSettings()).isTLSRequired()).isTrue();
        assertThat(options(certificates.trustAndKeyStoreSettings()).isTLSRequired()).isTrue();
    }

    private static Options options(String... environment) {
        return NatsOptions.from(ApplicationYaml.nats(environment), new NatsEvents(new SimpleMeterRegistry()), new ReaderThreads(why -> { }));
    }

    private static Arguments option(String setting, Object expected, Function<Options, Object> actual) {
        return arguments(setting, expected, actual);
    }
}
