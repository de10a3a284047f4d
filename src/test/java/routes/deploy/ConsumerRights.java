package routes.deploy;

import java.util.ArrayList;
import java.util.List;

/** What has to be allowed for one durable consumer of a stream: {@link NeededRights} asks for those that are, {@code bin/new-flow} writes it for a new one. */
public record ConsumerRights(String stream, String durable, String subject) {

    /** @return what its role publishes to fetch, to see whether it is still there, and to settle */
    public List<String> ofItsRole() {
        return List.of("$JS.API.CONSUMER.MSG.NEXT.%s.%s".formatted(stream, durable), "$JS.API.CONSUMER.INFO.%s.%s".formatted(stream, durable),
                "$JS.ACK.%s.%s.>".formatted(stream, durable));
    }

    /** @return what its role publishes for a message that is given up ({@code shared/nats-errors}), and for what of it does not fit into the letter */
    public List<String> ofDeadLetters() {
        return List.of("dlq." + subject, "dlq.parts.>");
    }

    /**
     * @param workQueue whether the stream is one: what was given up is taken out of it
     * @return what {@code ops} publishes, to redrive a dead letter and to keep what the server has given up
     */
    public List<String> ofOperators(boolean workQueue) {
        List<String> rights = new ArrayList<>(List.of(subject, "$JS.API.STREAM.MSG.GET." + stream));
        if (workQueue) {
            rights.add("$JS.API.STREAM.MSG.DELETE." + stream);
        }
        return rights;
    }

    /** @return what {@code provision} publishes, to make it */
    public String ofProvision() {
        return "$JS.API.CONSUMER.CREATE.%s.%s.%s".formatted(stream, durable, subject);
    }
}
