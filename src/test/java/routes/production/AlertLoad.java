package routes.production;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients that create alerts and, like good clients, repeat a request under its Idempotency-Key until it is answered. */
final class AlertLoad {

    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([0-9a-f-]{36})\"");

    private final String run = UUID.randomUUID().toString();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger otherAnswers = new AtomicInteger();
    private final ExecutorService connections;

    AlertLoad(int alerts, int connections, List<ApplicationProcess> instances) {
        this.connections = Executors.newFixedThreadPool(connections);
        for (int i = 0; i < connections; i++) {
            ApplicationProcess instance = instances.get(i % instances.size());
            this.connections.execute(() -> {
                for (int alert = next.getAndIncrement(); alert < alerts; alert = next.getAndIncrement()) {
                    create(instance, alert);
                }
            });
        }
        this.connections.shutdown();
    }

    private void create(ApplicationProcess instance, int alert) {
        String body = "{\"name\":\"Alert %d\",\"nl_description\":\"Alert me when my AVAX balance goes above %d\"}".formatted(alert, alert + 1);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                HttpResponse<String> answer = instance.post("/alerts/", body, run + "-" + alert);
                if (answer.statusCode() == 201) {
                    Matcher id = ID.matcher(answer.body());
                    if (!id.find()) {
                        throw new AssertionError(answer.body());
                    }
                    acknowledged.add(id.group(1));
                    return;
                }
                otherAnswers.incrementAndGet();
            } catch (IOException e) {
                // down: the next try may find it up again
            }
            // a client that spins would take the processor from the application that is to start again
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    int otherAnswers() {
        return otherAnswers.get();
    }

    List<String> awaitAll() throws InterruptedException {
        if (!connections.awaitTermination(5, TimeUnit.MINUTES)) {
            connections.shutdownNow();
            throw new AssertionError("only " + acknowledged.size() + " alerts were acknowledged in 5 minutes");
        }
        return acknowledged();
    }
}
