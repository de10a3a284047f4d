package routes.production;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nats.client.Connection;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PushSubscribeOptions;
import routes.devservices.NatsServerProcess;

/** The {@code alerts.updated} that the stream ALERTS holds. */
final class PublishedUpdates {

    private static final String SUBJECT = "alerts.updated";
    private static final Pattern ALERT = Pattern.compile("\"alert\"\\s*:\\s*\\{\\s*\"id\"\\s*:\\s*\"([0-9a-f-]{36})\"");

    private PublishedUpdates() {
    }

    /** @return how many there are of each alert, by the alert's id */
    static Map<String, Integer> byAlert(NatsServerProcess nats) throws Exception {
        Map<String, Integer> updates = new HashMap<>();
        try (Connection client = Nats.connect(nats.url())) {
            long last = client.jetStreamManagement().getLastMessage("ALERTS", SUBJECT).getSeq();
            JetStreamSubscription all = client.jetStream().subscribe(SUBJECT, PushSubscribeOptions.builder().stream("ALERTS").ordered(true).build());
            long read;
            do {
                Message message = all.nextMessage(Duration.ofSeconds(5));
                if (message == null) {
                    throw new IOException("the stream did not answer in time");
                }
                Matcher alert = ALERT.matcher(new String(message.getData()));
                if (!alert.find()) {
                    throw new AssertionError("no alert in " + new String(message.getData()));
                }
                updates.merge(alert.group(1), 1, Integer::sum);
                read = message.metaData().streamSequence();
            } while (read < last);
        }
        return updates;
    }
}
