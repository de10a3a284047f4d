package routes.nlp;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;

/** One condition of a sentence. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Condition(String templateId, String subEvent, Map<String, Object> parameters) {
}
