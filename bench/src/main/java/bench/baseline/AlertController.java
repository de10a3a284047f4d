package bench.baseline;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import bench.baseline.Baseline.Table;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.JetStream;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Creates alerts and reads them. The row is committed, then the event is published. */
@RestController
@RequestMapping("/alerts/")
class AlertController {

    private static final String USER = "local";

    private final JdbcTemplate database;
    private final JetStream jetStream;
    private final ObjectMapper json;

    AlertController(JdbcTemplate database, JetStream jetStream, ObjectMapper json, Table table) {
        this.database = database;
        this.jetStream = jetStream;
        this.json = json;
    }

    record NewAlert(String name, String nl_description) {
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(@RequestBody NewAlert alert) throws Exception {
        UUID id = UUID.randomUUID();
        database.update("INSERT INTO alerts (id, user_id, name, nl_description) VALUES (?, ?, ?, ?)", id, USER, alert.name(), alert.nl_description());
        Map<String, Object> resource = Map.of("id", id, "user_id", USER, "name", alert.name(), "nl_description", alert.nl_description(), "status", "pending");
        jetStream.publish("alerts.created", json.writeValueAsBytes(Map.of("alert", resource)));
        return resource;
    }

    @GetMapping("{id}")
    Map<String, Object> get(@PathVariable UUID id) {
        return database.queryForMap("SELECT id, name, nl_description, status, CAST(spec AS text) AS spec FROM alerts WHERE id = ? AND user_id = ?", id, USER);
    }

    @GetMapping
    List<Map<String, Object>> list() {
        return database.queryForList("SELECT id, name, nl_description, status FROM alerts WHERE user_id = ? ORDER BY created_at DESC LIMIT 50", USER);
    }
}
