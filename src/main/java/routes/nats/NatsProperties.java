package routes.nats;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Every setting of the one NATS connection, and the streams the application keeps. The environment variable of each
 * ({@code NATS_URL}, {@code NATS_PING_INTERVAL}, …) is named in {@code application.yaml}.
 *
 * @param url                  servers, tried in random order until one answers
 * @param user                 user name; empty for none
 * @param password             password of {@code user}
 * @param token                authentication token; empty for none
 * @param creds                path of a {@code .creds} file (JWT and seed); empty for none
 * @param tls                  trust and key stores
 * @param inboxPrefix          subject prefix of this client's reply inboxes, so that a server can grant exactly it
 * @param connectionName       the name that {@code nats server report connections} shows
 * @param maxReconnectAttempts reconnects tried for each server before the connection is given up and built anew; -1 = no limit
 * @param reconnectTimeWait    pause between two attempts
 * @param connectionTimeout    time for one connect
 * @param drainTimeout         time to finish what is in flight at shutdown
 * @param pingInterval         time between two client pings
 * @param maxPingsOut          unanswered pings after which a connection counts as dead
 * @param noEcho               do not receive one's own messages
 * @param pedantic             let the server check subjects strictly
 * @param maxPayload           largest message body this application sends; the server's own limit counts too
 * @param maxPending           messages that may wait in the client, outgoing or for one subscription
 * @param jetstreamTimeout     time for one answer of JetStream
 * @param publish              retries of a JetStream publish
 * @param provision            whether this instance creates and updates streams and consumers; false for least-rights users,
 *                             only to do nothing else and end
 * @param replicas             copies of each stream and consumer
 * @param duplicateWindow      how long a stream remembers a {@code Nats-Msg-Id}
 * @param streams              the streams by name
 */
@Validated
@ConfigurationProperties("ekko.nats")
public record NatsProperties(
        @NotEmpty List<String> url,
        String user,
        String password,
        String token,
        String creds,
        @DefaultValue Tls tls,
        String inboxPrefix,
        @DefaultValue("ekko-alerts") String connectionName,
        @DefaultValue("10") @Min(-1) int maxReconnectAttempts,
        @DefaultValue("2s") Duration reconnectTimeWait,
        @DefaultValue("5s") Duration connectionTimeout,
        @DefaultValue("30s") Duration drainTimeout,
        @DefaultValue("120s") Duration pingInterval,
        @DefaultValue("2") @Min(1) int maxPingsOut,
        boolean noEcho,
        boolean pedantic,
        @DefaultValue("1MB") DataSize maxPayload,
        @DefaultValue("65536") @Min(1) int maxPending,
        @DefaultValue("5s") Duration jetstreamTimeout,
        @DefaultValue @Valid Publish publish,
        @DefaultValue("true") Provision provision,
        @DefaultValue("1") @Min(1) int replicas,
        @DefaultValue("10m") Duration duplicateWindow,
        @DefaultValue @Valid Map<String, Stream> streams) {

    /** @return the servers without a user or password that a URL may hold; for logs and health. */
    public List<String> servers() {
        return url.stream().map(NatsProperties::withoutCredentials).toList();
    }

    static String withoutCredentials(String server) {
        return server.replaceFirst("//[^/@]*@", "//");
    }

    /**
     * @param trustStore         path of the trust store (PKCS12 or JKS); empty for the JVM's own
     * @param trustStorePassword its password
     * @param keyStore           path of the client's key store, where the server verifies clients; empty for none
     * @param keyStorePassword   its password
     */
    public record Tls(String trustStore, String trustStorePassword, String keyStore, String keyStorePassword) {
    }

    /**
     * @param retries       attempts after the first one; all carry the same {@code Nats-Msg-Id}, so none can double
     * @param backoff       pause before the first retry
     * @param backoffFactor growth of the pause from one retry to the next
     */
    public record Publish(@DefaultValue("3") @Min(0) int retries,
                          @DefaultValue("250ms") Duration backoff,
                          @DefaultValue("2") @Min(1) double backoffFactor) {
    }

    /**
     * @param subjects  subjects (with wildcards) the stream captures
     * @param retention limits or workqueue
     * @param discard   what a full stream does: drop the old, or refuse the new
     * @param maxMsgs   limit in messages; -1 = none
     * @param maxAge    limit in age; absent = none
     */
    public record Stream(@NotEmpty List<String> subjects,
                         @DefaultValue("limits") RetentionPolicy retention,
                         @DefaultValue("old") DiscardPolicy discard,
                         @DefaultValue("-1") long maxMsgs,
                         Duration maxAge) {
    }
}
