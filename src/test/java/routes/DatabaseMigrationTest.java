package routes;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.junit.jupiter.api.Test;
import routes.devservices.TestServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The start with a database that goes away in the middle of the migration. */
class DatabaseMigrationTest {

    private static final String USER = TestServers.postgres().username();
    private static final String PASSWORD = TestServers.postgres().password();

    private final String url = TestServers.newDatabase();
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void goesOnWhenTheDatabaseIsBack() {
        Flyway flyway = flyway(() -> {
            if (attempts.incrementAndGet() == 1) {
                endAllConnections();
            }
        });
        new DatabaseMigration().migrate(flyway);
        await().atMost(Duration.ofSeconds(20)).until(() -> flyway.info().pending().length == 0);
        assertThat(flyway.info().applied()).isNotEmpty();
    }

    @Test
    void endsTheStartWhenTheMigrationItselfFails() {
        Flyway flyway = flyway(() -> {
            throw new FlywayException("a mistake in it");
        });
        assertThatThrownBy(() -> new DatabaseMigration().migrate(flyway)).isInstanceOf(FlywayException.class).hasMessageContaining("a mistake in it");
    }

    private Flyway flyway(Runnable beforeEachMigration) {
        return Flyway.configure().dataSource(url, USER, PASSWORD).callbacks(new BaseCallback() {
            @Override
            public boolean supports(Event event, Context context) {
                return event == Event.BEFORE_EACH_MIGRATE;
            }

            @Override
            public void handle(Event event, Context context) {
                beforeEachMigration.run();
            }
        }).load();
    }

    /** As a database does that is shut down. */
    private void endAllConnections() {
        try (Connection admin = DriverManager.getConnection(url, USER, PASSWORD)) {
            admin.createStatement().execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
