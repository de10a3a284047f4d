package routes.alerts;

import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;

/**
 * Ids of events. Those derived from their cause (UUID version 5, RFC 9562 section 5.5) are the same whoever works the cause
 * out again, and the stream drops the repetition. Fresh ones (UUID version 7, section 5.7) are ordered by time, so that they
 * come at the end of the indexes they go into.
 */
public final class EventIds {

    private static final UUID NAMESPACE = UUID.fromString("8f0f6a3e-6d0b-5d0e-9c55-6a6f1f0a2d31");

    private EventIds() {
    }

    /**
     * @param cause what brought the event about: a job id, an event id
     * @param type  what it tells, such as {@code alerts.updated}
     * @return the same id for the same arguments, always
     */
    public static UUID derived(String cause, String type) {
        return UuidCreator.getNameBasedSha1(NAMESPACE, cause + "/" + type);
    }

    /** @return a fresh id for something that a client has caused. */
    public static UUID fresh() {
        return UuidCreator.getTimeOrderedEpoch();
    }
}
