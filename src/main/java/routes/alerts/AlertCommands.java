package routes.alerts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;
import routes.contracts.InvalidFieldException;

/**
 * Turns requests of clients into the parameters of the SQL statements under {@code sql/}: each method gives a map that
 * has every name its statement asks for.
 */
@Component("alertCommands")
public class AlertCommands {

    /** @return one of the commands of {@code create-alerts.sql}, and the parameters of {@code find-idempotent-answer.sql}. */
    public Map<String, Object> create(@Body Map<String, Object> request,
                                      @Header("Idempotency-Key") String idempotencyKey,
                                      @ExchangeProperty("user_id") String user,
                                      @ExchangeProperty("correlation_id") String correlation,
                                      @Header("traceparent") String trace) {
        Map<String, Object> parameters = command(user, correlation, trace);
        parameters.put("id", EventIds.fresh().toString());
        parameters.put("job_id", EventIds.fresh().toString());
        parameters.put("event_id", EventIds.fresh().toString());
        parameters.put("name", text(request, "name"));
        parameters.put("nl_description", text(request, "nl_description"));
        parameters.put("enabled", request.getOrDefault("enabled", true));
        parameters.put("idempotency_key", idempotencyKey);
        parameters.put("request_hash", hash(request));
        return parameters;
    }

    /** @return parameters of {@code update-alert.sql}. */
    public Map<String, Object> update(@Body Map<String, Object> request, @Header("id") String id,
                                      @ExchangeProperty("user_id") String user,
                                      @ExchangeProperty("correlation_id") String correlation,
                                      @Header("traceparent") String trace) {
        Map<String, Object> parameters = command(user, correlation, trace);
        parameters.put("id", id);
        parameters.put("job_id", EventIds.fresh().toString());
        parameters.put("job_event_id", EventIds.fresh().toString());
        parameters.put("updated_id", EventIds.fresh().toString());
        parameters.put("name", text(request, "name"));
        parameters.put("nl_description", text(request, "nl_description"));
        return parameters;
    }

    /** @return parameters of {@code switch-alert.sql} and {@code delete-alert.sql}. */
    public Map<String, Object> change(@Header("id") String id, @Header("enabled") Boolean enabled,
                                      @ExchangeProperty("user_id") String user,
                                      @ExchangeProperty("correlation_id") String correlation,
                                      @Header("traceparent") String trace) {
        Map<String, Object> parameters = command(user, correlation, trace);
        parameters.put("id", id);
        parameters.put("enabled", enabled);
        parameters.put("event_id", EventIds.fresh().toString());
        return parameters;
    }

    /**
     * @return parameters of {@code list-alerts.sql}
     * @throws InvalidFieldException when the cursor is none of ours
     */
    public Map<String, Object> page(@Header("limit") Integer limit, @Header("cursor") String cursor,
                                    @Header("status") String status, @Header("enabled") Boolean enabled,
                                    @ExchangeProperty("user_id") String user) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("user_id", user);
        parameters.put("limit", limit == null ? 50 : limit);
        parameters.put("status", status);
        parameters.put("enabled", enabled);
        String[] after = cursor == null ? new String[2] : position(cursor);
        parameters.put("after_created_at", after[0]);
        parameters.put("after_id", after[1]);
        return parameters;
    }

    private static String[] position(String cursor) {
        try {
            String[] position = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("/");
            if (position.length == 2) {
                java.time.Instant.parse(position[0]);
                java.util.UUID.fromString(position[1]);
                return position;
            }
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw new InvalidFieldException("cursor", "is not a next_cursor of this resource");
        }
        throw new InvalidFieldException("cursor", "is not a next_cursor of this resource");
    }

    private static Map<String, Object> command(String user, String correlation, String trace) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("user_id", user);
        parameters.put("correlation_id", correlation);
        parameters.put("traceparent", trace);
        return parameters;
    }

    /** PostgreSQL's text has no place for U+0000. */
    private static String text(Map<String, Object> request, String field) {
        Object value = request.get(field);
        if (value != null && value.toString().indexOf('\0') >= 0) {
            throw new InvalidFieldException(field, "must not contain the character U+0000");
        }
        return value == null ? null : value.toString().strip();
    }

    private static String hash(Map<String, Object> request) {
        try {
            String same = text(request, "name") + "\n" + text(request, "nl_description") + "\n" + request.getOrDefault("enabled", true);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(same.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
