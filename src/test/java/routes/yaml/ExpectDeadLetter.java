package routes.yaml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.core.ConditionTimeoutException;
import org.citrusframework.context.TestContext;
import org.citrusframework.exceptions.ValidationException;
import org.citrusframework.validation.matcher.ValidationMatcherUtils;

/** Expects that a message becomes a dead letter, complete and with this error, and only then is terminated. */
public final class ExpectDeadLetter extends DeliveryAction {

    private static final ObjectMapper JSON = new ObjectMapper();

    private String error;
    private Integer attempts;

    public ExpectDeadLetter() {
        super("expectDeadLetter");
    }

    /** @param error what the letter says of it, as text or as a validation matcher of Citrus such as {@code @contains(timeout)@} */
    public void setError(String error) {
        this.error = error;
    }

    public void setAttempts(int attempts) {
        this.attempts = attempts;
    }

    @Override
    void act(TestContext context) throws IOException {
        Wire wire = bound(Wire.class, context);
        Published original = message(context);
        String consumer = consumer(context);
        Wire.Heard heard;
        try {
            heard = awaiting().until(() -> wire.find(message -> isLetterOf(message, original, consumer)), Optional::isPresent).orElseThrow();
        } catch (ConditionTimeoutException e) {
            throw new ValidationException("expected a dead letter of %s by route %s within %d ms, got none; its deliveries were settled as %s"
                    .formatted(original, route(), timeout().toMillis(), wire.settlements(original, consumer)));
        }
        JsonNode letter = JSON.readTree(heard.message().getData());
        if (error != null) {
            check("error", context.replaceDynamicContentInString(error), letter.path("error").asText(), context);
        }
        if (attempts != null) {
            check("attempts", attempts.toString(), letter.path("attempts").asText(), context);
        }
        checkData(original, letter.path("data"));
        int deliveries = letter.path("attempts").asInt();
        List<Acknowledgement> settled = new ArrayList<>(settlements(deliveries, context));
        Acknowledgement last = settled.isEmpty() ? null : settled.get(settled.size() - 1);
        if (last == null || !last.isTerminated() || last.order() < heard.order()) {
            throw new ValidationException("expected %s to be terminated after its dead letter was kept, got %s".formatted(original, settled));
        }
    }

    private static boolean isLetterOf(io.nats.client.Message message, Published original, String consumer) {
        if (!message.getSubject().equals("dlq." + original.subject())) {
            return false;
        }
        try {
            JsonNode letter = JSON.readTree(message.getData());
            return letter.path("stream").asText().equals(original.stream()) && letter.path("stream_seq").asLong() == original.sequence()
                    && letter.path("consumer").asText().equals(consumer);
        } catch (IOException e) {
            return false;
        }
    }

    private static void check(String what, String expected, String got, TestContext context) {
        if (ValidationMatcherUtils.isValidationMatcherExpression(expected)) {
            ValidationMatcherUtils.resolveValidationMatcher(what, got, expected, context);
        } else if (!expected.equals(got)) {
            throw new ValidationException("expected a dead letter with the %s '%s', got '%s'".formatted(what, expected, got));
        }
    }

    /** A letter holds what is JSON as JSON, anything else as its bytes. */
    private static void checkData(Published original, JsonNode data) throws IOException {
        byte[] got = data.has("encoding") ? data.path("bytes").binaryValue() : JSON.writeValueAsBytes(data);
        byte[] expected = data.has("encoding") ? original.body() : JSON.writeValueAsBytes(JSON.readTree(original.body()));
        if (!Arrays.equals(expected, got)) {
            throw new ValidationException("expected a dead letter with the data '%s', got '%s'"
                    .formatted(new String(expected, StandardCharsets.UTF_8), new String(got, StandardCharsets.UTF_8)));
        }
    }
}
