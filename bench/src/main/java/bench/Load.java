package bench;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests against a service: closed loop, where a connection sends when it has its answer, or open loop, at a rate. */
final class Load {

    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([0-9a-f-]{36})\"");

    /** By alert id, when its request was sent (System.nanoTime). */
    final Map<String, Long> sent = new ConcurrentHashMap<>();
    final Queue<Long> answered = new ConcurrentLinkedQueue<>();
    final AtomicInteger refused = new AtomicInteger();
    private final Service service;
    private final IntFunction<HttpRequest> requests;

    /** @param requests the request of each number */
    Load(Service service, IntFunction<HttpRequest> requests) {
        this.service = service;
        this.requests = requests;
    }

    /** @return a load that creates alerts */
    static Load alerts(Service service) {
        return new Load(service, number -> service.request("/alerts/").POST(HttpRequest.BodyPublishers.ofString(
                "{\"name\":\"Alert %d\",\"nl_description\":\"Alert me when my AVAX balance goes above %d\"}".formatted(number, number + 1))).build());
    }

    /** @return the time it took, in seconds */
    double closed(int number, int connections) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        AtomicInteger next = new AtomicInteger();
        long begun = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            threads.execute(() -> {
                for (int n = next.getAndIncrement(); n < number; n = next.getAndIncrement()) {
                    send(n);
                }
            });
        }
        threads.shutdown();
        if (!threads.awaitTermination(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the load did not end");
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private void send(int number) {
        long begun = System.nanoTime();
        try {
            take(begun, service.http().send(requests.apply(number), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            refused.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Times count from the moment a request was due, so that a service that stalls does not slow its own test down. */
    void open(int rate, int seconds) {
        int number = rate * seconds;
        CompletableFuture<?>[] answers = new CompletableFuture<?>[number];
        long begun = System.nanoTime();
        for (int i = 0; i < number; i++) {
            long due = begun + i * 1_000_000_000L / rate;
            LockSupport.parkNanos(due - System.nanoTime());
            answers[i] = service.http().sendAsync(requests.apply(i), HttpResponse.BodyHandlers.ofString())
                    .thenAccept(answer -> take(due, answer)).exceptionally(failed -> {
                        refused.incrementAndGet();
                        return null;
                    });
        }
        CompletableFuture.allOf(answers).join();
    }

    private void take(long begun, HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            refused.incrementAndGet();
            return;
        }
        answered.add(System.nanoTime() - begun);
        Matcher id = ID.matcher(answer.body());
        if (id.find()) {
            sent.put(id.group(1), begun);
        }
    }
}
