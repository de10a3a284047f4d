package routes.outbox;

import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import routes.devservices.TestServers;

/** A database on the tests' server. */
record Database(String url) implements JdbcConnectionDetails {

    /** @return one of its own, with the tables of the application */
    static Database migrated() {
        Database fresh = new Database(TestServers.newDatabase());
        Flyway.configure().dataSource(fresh.url(), fresh.getUsername(), fresh.getPassword()).load().migrate();
        return fresh;
    }

    @Override
    public String getUsername() {
        return TestServers.postgres().username();
    }

    @Override
    public String getPassword() {
        return TestServers.postgres().password();
    }

    @Override
    public String getJdbcUrl() {
        return url;
    }
}
