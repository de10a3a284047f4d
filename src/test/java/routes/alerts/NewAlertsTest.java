package routes.alerts;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import routes.alerts.Ekko.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Requests that come while the database is busy are stored together, and each is answered its own. */
@EkkoTest
class NewAlertsTest {

    private static final String SENTENCE = "Alert me when my AVAX balance goes above 10";
    private static final int REQUESTS = 12;
    private static final int KEYS = 4;

    @Autowired
    private Ekko ekko;
    @Autowired
    private CamelContext camel;
    @Autowired
    private DataSource dataSource;

    @Test
    void requestsThatCameTogetherShareTransactionsAndNothingElse() throws Exception {
        String run = UUID.randomUUID().toString();
        ManagedRouteMBean route = camel.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class).getManagedRoute("store-alerts");
        long before = route.getExchangesTotal();
        List<CompletableFuture<Answer>> requests;
        try (Connection busy = lockedAlerts()) {
            requests = IntStream.range(0, REQUESTS).mapToObj(number -> CompletableFuture.supplyAsync(() -> number < REQUESTS / 2
                    ? ekko.post("/alerts", ekko.alert("own " + number, SENTENCE))
                    : ekko.post("/alerts", ekko.alert("shared " + number % KEYS, SENTENCE), "Idempotency-Key", run + number % KEYS), task -> new Thread(task).start())).toList();
            await().until(() -> camel.getInflightRepository().size("create-alert") == REQUESTS);
            busy.rollback();
        }
        List<Answer> answers = requests.stream().map(CompletableFuture::join).toList();
        assertThat(answers).allMatch(answer -> answer.status() == 201);
        assertThat(route.getExchangesTotal() - before).isLessThan(REQUESTS / 2);
        for (int number = 0; number < REQUESTS; number++) {
            String name = number < REQUESTS / 2 ? "own " + number : "shared " + number % KEYS;
            assertThat(answers.get(number).body().get("name").asText()).isEqualTo(name);
        }
        Set<UUID> ids = answers.stream().map(answer -> UUID.fromString(answer.body().get("id").asText())).collect(Collectors.toSet());
        assertThat(ids).hasSize(REQUESTS / 2 + KEYS);
        ids.forEach(id -> await().until(() -> ekko.status(id), "active"::equals));
        ids.forEach(id -> assertThat(ekko.heard("alerts.created", id)).hasSize(1));
    }

    private Connection lockedAlerts() throws SQLException {
        Connection connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE alerts");
        }
        return connection;
    }
}
