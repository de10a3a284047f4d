package routes.yaml;

import java.util.Map;

import javax.sql.DataSource;

import org.citrusframework.context.TestContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores the alert {@code ${alert}} of the user, waiting for the job {@code ${job}}, and publishes nothing. Its messages are
 * in the variables {@code alert_created} and {@code job_created}, ready to be published by the test.
 */
public final class GivenAlert extends RouteAction {

    private String sentence = "Alert me when my AVAX balance goes above 10";

    public GivenAlert() {
        super("givenAlert");
    }

    public void setSentence(String sentence) {
        this.sentence = sentence;
    }

    @Override
    void act(TestContext context) {
        JdbcTemplate database = new JdbcTemplate(bound(DataSource.class, context));
        String alert = context.getVariable("alert");
        String correlation = context.getVariable(RouteTests.CORRELATION);
        database.update("INSERT INTO alerts (id, user_id, name, nl_description, job_id) VALUES (CAST(? AS uuid), ?, 'An alert', ?, CAST(? AS uuid))",
                alert, context.getVariable("user"), sentence, context.getVariable("job"));
        Map<String, Object> messages = database.queryForMap("""
                SELECT CAST(alert_event(a, CAST(? AS uuid), ?) AS text) AS alert_created, CAST(job_request(a, ?) AS text) AS job_created
                FROM alerts AS a WHERE id = CAST(? AS uuid)""", context.getVariable("event"), correlation, correlation, alert);
        messages.forEach(context::setVariable);
    }
}
