package routes.alerts;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;
import routes.devservices.TestServers;

import static org.assertj.core.api.Assertions.assertThat;

/** A statement reads as much of a large table as of a small one, whichever way PostgreSQL plans it. */
class QueryPlanTest {

    private static final Pattern PARAMETER = Pattern.compile(":#(?:\\$\\{[\\w:.-]+\\.)?(\\w+)}?");
    private static final int ALERTS = 50_000;
    /** Of 8 KiB; an index of that many alerts has several hundred. */
    private static final int FEW_PAGES = 150;
    private static final String MIDDLE = "SELECT %s FROM alerts ORDER BY created_at DESC, id DESC OFFSET " + ALERTS / 2 + " LIMIT 1";

    private Connection database;

    /** As the application opens its connections. */
    private void open() throws Exception {
        String url = TestServers.newDatabase();
        Flyway.configure().dataSource(url, TestServers.postgres().username(), TestServers.postgres().password()).load().migrate();
        database = DriverManager.getConnection(url, TestServers.postgres().username(), TestServers.postgres().password());
        execute(new YamlPropertySourceLoader().load("application.yaml", new ClassPathResource("application.yaml")).get(0)
                .getProperty("spring.datasource.hikari.connection-init-sql").toString());
        execute("ALTER TABLE alerts SET (autovacuum_enabled = false)");
    }

    /** @param analyzed whether PostgreSQL has seen yet how large the table is */
    private void fill(boolean analyzed) throws SQLException {
        execute("""
                INSERT INTO alerts (id, user_id, name, nl_description, job_id, created_at)
                SELECT gen_random_uuid(), 'user', 'Alert ' || i, 'Alert me when my AVAX balance goes above ' || i, gen_random_uuid(), now() - i * interval '1 second'
                FROM generate_series(1, %d) AS i""".formatted(ALERTS));
        if (analyzed) {
            execute("ANALYZE");
        }
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aResultIsGivenToItsAlert(boolean analyzed) throws Exception {
        open();
        fill(analyzed);
        readsFewPages("settle-jobs.sql", Map.of("results", resultOf(one(MIDDLE.formatted("id")), one(MIDDLE.formatted("job_id")))));
    }

    /** A connection keeps a plan until the table is analyzed; with that of an empty table it would read all of a large one. */
    @Test
    void aPlanOfAnEmptyTableIsGoodForALargeOne() throws Exception {
        open();
        List<String> names = prepare("settle-jobs.sql");
        execute("SET plan_cache_mode = force_generic_plan");
        execute("EXECUTE measured(%s)".formatted(arguments(names, Map.of("results", resultOf(one("SELECT gen_random_uuid()"), one("SELECT gen_random_uuid()"))))));
        fill(false);
        String result = resultOf(one(MIDDLE.formatted("id")), one(MIDDLE.formatted("job_id")));
        assertThat(pages(arguments(names, Map.of("results", result)))).isLessThan(FEW_PAGES);
    }

    private String resultOf(String alert, String job) throws SQLException {
        return "[{\"alert_id\":\"%s\",\"job_id\":\"%s\",\"status\":\"rejected\",\"updated_id\":\"%s\",\"correlation_id\":\"c\"}]"
                .formatted(alert, job, one("SELECT gen_random_uuid()"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPageFarDownIsListed(boolean analyzed) throws Exception {
        open();
        fill(analyzed);
        readsFewPages("list-alerts.sql", Map.of("user_id", "user", "limit", "50",
                "after_created_at", one(MIDDLE.formatted("created_at")), "after_id", one(MIDDLE.formatted("id"))));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneAlertIsReadOrChanged(boolean analyzed) throws Exception {
        open();
        fill(analyzed);
        Map<String, String> values = Map.of("id", one(MIDDLE.formatted("id")), "user_id", "user", "name", "b", "enabled", "false",
                "event_id", one("SELECT gen_random_uuid()"), "updated_id", one("SELECT gen_random_uuid()"), "correlation_id", "c");
        for (String file : List.of("get-alert.sql", "update-alert.sql", "switch-alert.sql", "delete-alert.sql")) {
            readsFewPages(file, values);
        }
        readsFewPages("get-job.sql", Map.of("id", one(MIDDLE.formatted("job_id")), "user_id", "user"));
    }

    /** Those sent since it has looked last, of very many. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPendingAlertIsAskedForAgain(boolean analyzed) throws Exception {
        open();
        fill(false);
        execute("""
                INSERT INTO outbox (event_id, subject, payload, correlation_id, sent_at)
                SELECT gen_random_uuid(), 'alerts.created', alert_event(a, a.id, 'c'), 'c', created_at FROM alerts AS a""");
        execute("UPDATE asked_again SET up_to = clock_timestamp() - interval '25003 s'");
        if (analyzed) {
            execute("ANALYZE");
        }
        readsFewPages("ask-again.sql", Map.of("after", "25000 s"));
    }

    private void readsFewPages(String file, Map<String, String> values) throws Exception {
        String arguments = arguments(prepare(file), values);
        for (String plan : List.of("force_generic_plan", "force_custom_plan")) {
            execute("SET plan_cache_mode = " + plan);
            assertThat(pages(arguments)).as(file + ", " + plan).isLessThan(FEW_PAGES);
        }
        execute("DEALLOCATE measured");
    }

    /** @return names of the statement's parameters, in the order of their numbers */
    private List<String> prepare(String file) throws Exception {
        List<String> names = new ArrayList<>();
        String sql = PARAMETER.matcher(new ClassPathResource("sql/" + file).getContentAsString(StandardCharsets.UTF_8)).replaceAll(parameter -> {
            if (!names.contains(parameter.group(1))) {
                names.add(parameter.group(1));
            }
            return "\\$" + (names.indexOf(parameter.group(1)) + 1);
        });
        execute("PREPARE measured AS " + sql);
        return names;
    }

    private static String arguments(List<String> names, Map<String, String> values) {
        return names.stream().map(name -> values.containsKey(name) ? "'" + values.get(name) + "'" : "NULL").collect(Collectors.joining(", "));
    }

    /** Changes nothing, so that each plan finds the same. */
    private int pages(String arguments) throws Exception {
        execute("BEGIN");
        JsonNode top = new ObjectMapper().readTree(one("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE measured(" + arguments + ")")).at("/0/Plan");
        execute("ROLLBACK");
        return top.get("Shared Hit Blocks").asInt() + top.get("Shared Read Blocks").asInt();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private String one(String sql) throws SQLException {
        try (Statement statement = database.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
