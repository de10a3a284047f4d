package routes.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.Nats;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

@SpringJUnitConfig(TestServices.class)
class TestServicesTest {

    @Test
    void tellTheApplicationWhereItsServersAre(@Value("${ekko.nats.url}") String nats, @Value("${spring.datasource.url}") String database,
            @Value("${spring.datasource.username}") String username, @Value("${spring.datasource.password}") String password) throws Exception {
        try (Connection connection = Nats.connect(nats); java.sql.Connection session = DriverManager.getConnection(database, username, password)) {
            assertThat(connection.getServerInfo().isJetStreamAvailable()).isTrue();
            assertThat(session.getCatalog()).startsWith("test_");
        }
        assertThat(nats).isNotEqualTo(TestServers.nats().url());
    }
}
