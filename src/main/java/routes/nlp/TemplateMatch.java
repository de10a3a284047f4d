package routes.nlp;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;

/** A template that fits a condition, with the parameters it would take. Absent slots are left out; numbers are numbers. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TemplateMatch(String templateId, String eventType, String subEvent, double confidence, Map<String, Object> parameters) {
}
