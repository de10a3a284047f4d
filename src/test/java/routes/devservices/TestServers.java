package routes.devservices;

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

    private static final class Postgres {
        private static final PostgresServer SERVER = PostgresServer.start();
    }

    private static final class Nats {
        private static final NatsServerProcess SERVER = NatsServerProcess.start();
    }
}
