package routes.deadletter;

import java.time.Instant;
import java.time.format.DateTimeParseException;

import routes.nats.SubjectPatterns;

/**
 * Which dead letters are meant. What is null does not restrict.
 *
 * @param subject original subject, NATS wildcards allowed
 * @param error   a text the error must contain, in any case
 * @param since   failed at this time or later
 * @param until   failed before this time
 */
public record DeadLetterFilter(String subject, String error, Instant since, Instant until) {

    boolean matches(DeadLetter letter) {
        return (subject == null || SubjectPatterns.matches(subject, letter.subject()))
                && (error == null || letter.error().toLowerCase().contains(error.toLowerCase()))
                && (since == null || !failedAt(letter).isBefore(since))
                && (until == null || failedAt(letter).isBefore(until));
    }

    private static Instant failedAt(DeadLetter letter) {
        try {
            return Instant.parse(letter.failedAt());
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
