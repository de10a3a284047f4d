package routes;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import org.apache.camel.util.ObjectHelper;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import org.springframework.stereotype.Component;

/**
 * Migrates the schema at the start, or, where the database is not there yet or goes away meanwhile, as soon as it is back. A migration
 * that fails on a database that is there ends the start.
 */
@Component
class DatabaseMigration implements FlywayMigrationStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseMigration.class);
    private static final Duration AGAIN = Duration.ofSeconds(2);

    @Override
    public void migrate(Flyway flyway) {
        if (!hasMigrated(flyway)) {
            LOG.warn("The database cannot be reached; the application starts without it and migrates the schema later");
            Thread later = new Thread(() -> migrateLater(flyway), "database-migration");
            later.setDaemon(true);
            later.start();
        }
    }

    private static void migrateLater(Flyway flyway) {
        try {
            do {
                Thread.sleep(AGAIN.toMillis());
            } while (!hasMigrated(flyway));
            LOG.info("The database is there, its schema is up to date");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The schema could not be migrated", e);
        }
    }

    /** @return false when the database is not there, or went away meanwhile */
    private static boolean hasMigrated(Flyway flyway) {
        if (!isThere(flyway.getConfiguration().getDataSource())) {
            return false;
        }
        try {
            flyway.migrate();
            return true;
        } catch (FlywayException e) {
            if (!isConnectionLost(e)) {
                throw e;
            }
            LOG.debug("The connection was lost while the schema was migrated", e);
            return false;
        }
    }

    private static boolean isThere(DataSource database) {
        try (Connection connection = database.getConnection()) {
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** By its SQLState: of class 08, or the server shuts down or starts. */
    private static boolean isConnectionLost(FlywayException failure) {
        SQLException cause = ObjectHelper.getException(SQLException.class, failure);
        return cause != null && new SQLStateSQLExceptionTranslator().translate("migrate", null, cause) instanceof DataAccessResourceFailureException;
    }
}
