package routes.nats;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import io.nats.client.Nats;
import io.nats.client.Options;
import org.springframework.util.StringUtils;

/** Turns {@link NatsProperties} into the options of jnats. */
final class NatsOptions {

    private NatsOptions() {
    }

    static Options from(NatsProperties properties, NatsEvents events, ReaderThreads readers) {
        Options.Builder options = new Options.Builder()
                .servers(properties.url().toArray(String[]::new))
                .connectionName(properties.connectionName())
                .maxReconnects(properties.maxReconnectAttempts())
                .reconnectWait(properties.reconnectTimeWait())
                .connectionTimeout(properties.connectionTimeout())
                .pingInterval(properties.pingInterval())
                .maxPingsOut(properties.maxPingsOut())
                .requestCleanupInterval(properties.jetstreamTimeout())
                .maxMessagesInOutgoingQueue(properties.maxPending())
                .useTimeoutException()
                .reportNoResponders()
                .errorListener(events)
                .connectionListener(events)
                .readerExecutor(readers);
        if (properties.noEcho()) {
            options.noEcho();
        }
        if (properties.pedantic()) {
            options.pedantic();
        }
        given(properties.inboxPrefix()).ifPresent(options::inboxPrefix);
        authenticate(options, properties);
        encrypt(options, properties.tls());
        return options.build();
    }

    private static void authenticate(Options.Builder options, NatsProperties properties) {
        given(properties.user()).ifPresent(user -> options.userInfo(user, Objects.requireNonNullElse(properties.password(), "")));
        given(properties.token()).ifPresent(token -> options.token(token.toCharArray()));
        given(properties.creds()).ifPresent(creds -> options.authHandler(Nats.credentials(creds)));
    }

    private static void encrypt(Options.Builder options, NatsProperties.Tls tls) {
        given(tls.trustStore()).ifPresent(options::truststorePath);
        password(tls.trustStorePassword(), options::truststorePassword);
        given(tls.keyStore()).ifPresent(options::keystorePath);
        password(tls.keyStorePassword(), options::keystorePassword);
    }

    private static void password(String value, Consumer<char[]> use) {
        given(value).map(String::toCharArray).ifPresent(use);
    }

    private static Optional<String> given(String value) {
        return Optional.ofNullable(value).filter(StringUtils::hasText);
    }
}
