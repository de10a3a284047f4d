package routes.nlp;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Locale;

/**
 * The answer to a sentence.
 *
 * @param status      what became of it
 * @param matches     templates for the first condition, best first
 * @param logic       {@code and} or {@code or} where there are several conditions, otherwise null
 * @param conditions  every condition of the sentence
 * @param missingInfo what is missing or unclear
 * @param reason      why it is not matched: the code of the first missing piece, or of the refusal; null where matched
 * @param confidence  0 to 1, see {@link Confidence}
 * @param spec        the specification of the alert; null unless matched
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Interpretation(Status status, List<TemplateMatch> matches, String logic, List<Condition> conditions, List<MissingInfo> missingInfo, String reason,
                             double confidence, AlertSpec spec) {

    /** The three answers. */
    public enum Status {
        MATCHED, NEEDS_CLARIFICATION, NO_MATCH;

        @JsonValue
        String json() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Interpretation refused(String reason) {
        return new Interpretation(Status.NO_MATCH, List.of(), null, List.of(), List.of(), reason, 0, null);
    }
}
