package routes.deadletter;

import java.util.List;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What came of a redrive.
 *
 * @param dryRun   whether nothing was done
 * @param matched  letters the filter has found
 * @param redriven letters published to their original subject again
 * @param refused  letters that were redriven too often before
 * @param failed   letters that could not be published; they stay
 * @param letters  each of them
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RedriveReport(boolean dryRun, int matched, int redriven, int refused, int failed, List<Item> letters) {

    /**
     * @param seq       sequence in the stream DLQ
     * @param subject   original subject
     * @param outcome   redriven, refused, failed, or would_redrive
     * @param messageId id of the new message, or null
     * @param detail    why not, or null
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Item(long seq, String subject, String outcome, String messageId, String detail) {
    }

    static RedriveReport of(boolean dryRun, List<Item> letters) {
        return new RedriveReport(dryRun, letters.size(), count(letters, "redriven"), count(letters, "refused"), count(letters, "failed"), letters);
    }

    private static int count(List<Item> letters, String outcome) {
        return (int) letters.stream().filter(item -> item.outcome().equals(outcome)).count();
    }
}
