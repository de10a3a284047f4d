package routes.outbox;

import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import routes.devservices.TestServers;

/** A database on the tests' server. */
record Database(String url) implements JdbcConnectionDetails {

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
