package bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nats.client.Connection;
import io.nats.client.Nats;

import static org.awaitility.Awaitility.await;

/** Hears {@code alerts.updated}: when each alert was done, and whether any was told of twice. */
final class Updates implements AutoCloseable {

    private static final Pattern ALERT = Pattern.compile("\"alert\"\\s*:\\s*\\{.*?\"id\"\\s*:\\s*\"([0-9a-f-]{36})\"", Pattern.DOTALL);

    private final Map<String, Long> done = new ConcurrentHashMap<>();
    private final AtomicInteger doubled = new AtomicInteger();
    private final Connection nats;

    Updates(String url) throws Exception {
        nats = Nats.connect(url);
        nats.createDispatcher(message -> {
            long now = System.nanoTime();
            Matcher alert = ALERT.matcher(new String(message.getData(), StandardCharsets.UTF_8));
            if (alert.find() && done.putIfAbsent(alert.group(1), now) != null) {
                doubled.incrementAndGet();
            }
        }).subscribe("alerts.updated");
        nats.flush(Duration.ofSeconds(5));
    }

    int count() {
        return done.size();
    }

    int doubled() {
        return doubled.get();
    }

    /** @return when (System.nanoTime) each alert was told of */
    Map<String, Long> done() {
        return done;
    }

    void awaitCount(int alerts, Duration bound) {
        await("alerts done").atMost(bound).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> done.size() >= alerts);
    }

    @Override
    public void close() throws InterruptedException {
        nats.close();
    }
}
