package routes.alerts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import routes.security.Tokens;

/** The application as its users see it: a REST client, and a plain NATS client that hears every message. */
@TestConfiguration(proxyBeanMethods = false)
public class Ekko implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final List<Message> heard;
    private final Connection client;
    private final AtomicInteger port;
    /** Value of the header Authorization; null for none. */
    private final String authorization;

    @Autowired
    Ekko(Environment environment) throws IOException, InterruptedException {
        client = Nats.connect(environment.getRequiredProperty("ekko.nats.url"));
        heard = new CopyOnWriteArrayList<>();
        client.createDispatcher(heard::add).subscribe("alerts.>").subscribe("jobs.>").subscribe("dlq.>");
        port = new AtomicInteger();
        authorization = Tokens.BEARER;
    }

    private Ekko(Ekko same, String authorization) {
        this.heard = same.heard;
        this.client = same.client;
        this.port = same.port;
        this.authorization = authorization;
    }

    /** The same application, used by another. */
    public Ekko as(String user, String... scopes) {
        return with("Bearer " + Tokens.of(user, scopes));
    }

    /** @param authorization value of the header Authorization; null for none */
    public Ekko with(String authorization) {
        return new Ekko(this, authorization);
    }

    public int port() {
        return port.get();
    }

    @EventListener
    void started(WebServerInitializedEvent event) {
        port.set(event.getWebServer().getPort());
    }

    /** A status and a body that is JSON, or null. */
    public record Answer(int status, JsonNode body, HttpResponse<String> response) {
    }

    public Answer post(String path, Object body, String... headers) {
        return send("POST", path, text(body), headers);
    }

    public Answer patch(String path, Object body) {
        return send("PATCH", path, text(body));
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** @param body sent as it is, as application/json unless the headers say otherwise; null for none */
    public Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (body != null && List.of(headers).stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            return new Answer(response.statusCode(), type.contains("json") ? json.readTree(response.body()) : null, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Creates an alert. @return its id */
    public UUID create(String sentence) {
        Answer answer = post("/alerts/", alert("An alert", sentence));
        if (answer.status() != 201) {
            throw new AssertionError("expected 201: " + answer);
        }
        return UUID.fromString(answer.body().get("id").asText());
    }

    public ObjectNode alert(String name, String sentence) {
        return json.createObjectNode().put("name", name).put("nl_description", sentence);
    }

    public String status(UUID id) {
        return get("/alerts/" + id).body().get("status").asText();
    }

    /** Messages heard on a subject about one alert, in order. */
    public List<Message> heard(String subject, UUID alert) {
        return heard.stream().filter(message -> message.getSubject().equals(subject))
                .filter(message -> new String(message.getData()).contains(alert.toString())).toList();
    }

    /** @return how many messages of a subject were heard about each alert, by the alert's id */
    public Map<String, Long> heardByAlert(String subject) {
        return heard.stream().filter(message -> message.getSubject().equals(subject)).filter(message -> message.getData().length > 0 && message.getData()[0] == '{')
                .map(message -> (subject.startsWith("jobs.") ? body(message).at("/result/alert_id") : body(message).at("/alert/id")).asText())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    public int heardInAll() {
        return heard.size();
    }

    public JsonNode body(Message message) {
        try {
            return json.readTree(message.getData());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Connection client() {
        return client;
    }

    private String text(Object body) {
        return body == null ? null : body.toString();
    }

    @Override
    public void close() throws Exception {
        client.close();
    }
}
