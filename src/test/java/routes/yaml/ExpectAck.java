package routes.yaml;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.citrusframework.context.TestContext;
import org.citrusframework.exceptions.CitrusRuntimeException;
import org.citrusframework.exceptions.ValidationException;

/**
 * Expects how the consumer of a route settles the deliveries of a message, one after the other: {@code ack}, {@code nak},
 * {@code nak after 200 ms}, {@code terminated}. A message that is held uses no delivery and is settled when it is done.
 */
public final class ExpectAck extends DeliveryAction {

    private static final Pattern PHRASE = Pattern.compile("(ack|nak|terminated)(?: after (\\d+) (ms|s))?");

    private List<String> deliveries = List.of("ack");
    private double jitter = 0.2;

    public ExpectAck() {
        super("expectAck");
    }

    public void setDeliveries(List<String> deliveries) {
        this.deliveries = deliveries;
    }

    /** @param jitter part of a delay that the consumer leaves to chance: its {@code nakDelayJitter} */
    public void setJitter(double jitter) {
        this.jitter = jitter;
    }

    @Override
    void act(TestContext context) {
        List<Acknowledgement> settled = settlements(deliveries.size(), context);
        boolean asExpected = settled.size() == deliveries.size();
        for (int i = 0; asExpected && i < settled.size(); i++) {
            asExpected = settled.get(i).delivery() == i + 1 && matches(settled.get(i), deliveries.get(i));
        }
        if (!asExpected) {
            throw new ValidationException("expected route %s to settle the deliveries of %s as %s, got %s".formatted(route(), message(context), deliveries,
                    settled.stream().map(each -> "delivery %d: %s".formatted(each.delivery(), each)).toList()));
        }
    }

    private boolean matches(Acknowledgement settled, String phrase) {
        Matcher expected = PHRASE.matcher(phrase);
        if (!expected.matches()) {
            throw new CitrusRuntimeException("'%s' is none of: ack, nak, nak after 200 ms, nak after 2 s, terminated".formatted(phrase));
        }
        if (!settled.toString().startsWith(expected.group(1))) {
            return false;
        }
        if (expected.group(2) == null) {
            return true;
        }
        long number = Long.parseLong(expected.group(2));
        Duration delay = expected.group(3).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
        // a consumer rounds to whole milliseconds
        return settled.delay() != null && Math.abs(settled.delay().toMillis() - delay.toMillis()) <= delay.toMillis() * jitter + 1;
    }
}
