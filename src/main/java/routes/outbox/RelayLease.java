package routes.outbox;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/**
 * The right to be the one relay over all instances: a PostgreSQL advisory lock, held by a database connection of its
 * own. The relay reads and marks on that same connection, so that one who has lost the lock can mark nothing: losing
 * the connection is losing the right.
 */
@Component
class RelayLease {

    private static final Logger LOG = LoggerFactory.getLogger(RelayLease.class);
    private static final long LOCK = 0x656b6b6f6f757462L; // "ekkooutb"
    private static final int ANSWER_SECONDS = 10;
    /** The server, too, notices within half a minute that the holder is gone, and frees the lock. */
    private static final String NOTICED_WHEN_GONE = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c idle_session_timeout=10s";
    /** Planning is a third of a window's cost. Without sequential scans the plan is the same for an empty outbox and a large one. */
    private static final String PLANNED_ONCE = " -c enable_seqscan=off -c jit=off -c plan_cache_mode=force_generic_plan";

    private final JdbcConnectionDetails database;
    private final Duration takeover;
    private Connection connection;
    private long nextAttempt;

    RelayLease(JdbcConnectionDetails database, OutboxProperties properties) {
        this.database = database;
        this.takeover = properties.takeover();
        this.nextAttempt = System.nanoTime();
    }

    /** @return the connection that holds the lock; empty while another instance has it or the database is away. */
    Optional<Connection> connection() {
        if (connection == null && System.nanoTime() - nextAttempt >= 0) {
            nextAttempt = System.nanoTime() + takeover.toNanos();
            acquire();
        }
        return Optional.ofNullable(connection);
    }

    private void acquire() {
        Connection candidate = null;
        try {
            candidate = open();
            if (tryLock(candidate)) {
                connection = candidate;
                LOG.info("This instance is the outbox relay now");
            } else {
                candidate.close();
            }
        } catch (SQLException e) {
            LOG.debug("No outbox lease: {}", e.getMessage());
            close(candidate);
        }
    }

    private Connection open() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("user", database.getUsername());
        settings.setProperty("password", database.getPassword());
        settings.setProperty("ApplicationName", "ekko-outbox-relay");
        settings.setProperty("tcpKeepAlive", "true");
        settings.setProperty("connectTimeout", "5");
        settings.setProperty("socketTimeout", String.valueOf(ANSWER_SECONDS));
        settings.setProperty("options", NOTICED_WHEN_GONE + PLANNED_ONCE);
        return DriverManager.getConnection(database.getJdbcUrl(), settings);
    }

    private static boolean tryLock(Connection candidate) throws SQLException {
        try (var statement = candidate.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            statement.setLong(1, LOCK);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Gives the right up; another instance may take it at once. */
    void release() {
        close(connection);
        connection = null;
    }

    private static void close(Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.debug("The lease's connection was already gone: {}", e.getMessage());
        }
    }
}
