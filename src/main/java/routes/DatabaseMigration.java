package routes;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Migrates the schema at the start, or, where the database is not there yet, as soon as it is. A migration that fails on
 * a database that is there ends the start.
 */
@Component
class DatabaseMigration implements FlywayMigrationStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseMigration.class);
    private static final Duration AGAIN = Duration.ofSeconds(2);

    @Override
    public void migrate(Flyway flyway) {
        if (isThere(flyway.getConfiguration().getDataSource())) {
            flyway.migrate();
        } else {
            LOG.warn("The database cannot be reached; the application starts without it and migrates the schema later");
            Thread later = new Thread(() -> migrateLater(flyway), "database-migration");
            later.setDaemon(true);
            later.start();
        }
    }

    private static void migrateLater(Flyway flyway) {
        try {
            while (!isThere(flyway.getConfiguration().getDataSource())) {
                Thread.sleep(AGAIN.toMillis());
            }
            flyway.migrate();
            LOG.info("The database is there, its schema is up to date");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The schema could not be migrated", e);
        }
    }

    private static boolean isThere(DataSource database) {
        try (Connection connection = database.getConnection()) {
            return true;
        } catch (SQLException e) {
            return false;
        }
    }
}
