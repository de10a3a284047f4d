package routes.devservices;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One PostgreSQL and one NATS server for all tests of the JVM, started when first asked for. A test class takes a database of
 * its own by {@link #newDatabase()}; one that breaks a server, or cannot share streams, starts its own.
 */
public final class TestServers {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestServers() {
    }

    public static PostgresServer postgres() {
        return Postgres.SERVER;
    }

    public static NatsServerProcess nats() {
        return Nats.SERVER;
    }

    /** The JDBC address of a new, empty database; user and password are those of {@link #postgres()}. */
    public static String newDatabase() {
        return postgres().createDatabase("test_" + DATABASES.incrementAndGet());
    }

    /** @return the number that a query answers in a database of {@link #postgres()} */
    public static long count(String jdbcUrl, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, postgres().username(), postgres().password());
             ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static final class Postgres {
        private static final PostgresServer SERVER = PostgresServer.start();
    }

    private static final class Nats {
        private static final NatsServerProcess SERVER = NatsServerProcess.start();
    }
}
