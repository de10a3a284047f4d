package bench;

import java.io.IOException;
import java.util.Map;
import java.util.Queue;
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

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Requests against a service: closed loop, where a connection sends when it has its answer, or open loop, at a rate. */
final class Load {

    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([0-9a-f-]{36})\"");

    private static final AtomicInteger ALERTS = new AtomicInteger();

    /** By alert id, when its request was sent (System.nanoTime). */
    final Map<String, Long> sent = new ConcurrentHashMap<>();
    final Queue<Long> answered = new ConcurrentLinkedQueue<>();
    final AtomicInteger refused = new AtomicInteger();
    private final Service service;
    private final IntFunction<ClassicHttpRequest> requests;

    /** @param requests the request of each number */
    Load(Service service, IntFunction<ClassicHttpRequest> requests) {
        this.service = service;
        this.requests = requests;
    }

    /** @return a load that creates alerts, each with a sentence that no alert before had: the service knows again those it has worked out */
    static Load alerts(Service service) {
        return new Load(service, number -> service.request("POST", "/alerts/",
                "{\"name\":\"Alert %d\",\"nl_description\":\"Alert me when my AVAX balance goes above %d\"}".formatted(number, ALERTS.incrementAndGet())));
    }

    /** @return the time it took, in seconds */
    double closed(int number, int connections) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        AtomicInteger next = new AtomicInteger();
        long begun = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            threads.execute(() -> {
                for (int n = next.getAndIncrement(); n < number; n = next.getAndIncrement()) {
                    send(n, System.nanoTime());
                }
            });
        }
        end(threads);
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Times count from the moment a request was due, so that a service that stalls does not slow its own test down. */
    void open(int rate, int seconds) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        long begun = System.nanoTime();
        for (int i = 0; i < rate * seconds; i++) {
            int number = i;
            long due = begun + i * 1_000_000_000L / rate;
            LockSupport.parkNanos(due - System.nanoTime());
            threads.execute(() -> send(number, due));
        }
        end(threads);
    }

    private static void end(ExecutorService threads) throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the load did not end");
        }
    }

    /** @param begun the moment that times count from */
    private void send(int number, long begun) {
        try {
            service.http().execute(requests.apply(number), answer -> take(begun, answer));
        } catch (IOException e) {
            refused.incrementAndGet();
        }
    }

    private Void take(long begun, ClassicHttpResponse answer) throws IOException, HttpException {
        String body = EntityUtils.toString(answer.getEntity());
        if (answer.getCode() / 100 != 2) {
            refused.incrementAndGet();
            return null;
        }
        answered.add(System.nanoTime() - begun);
        Matcher id = ID.matcher(body);
        if (id.find()) {
            sent.put(id.group(1), begun);
        }
        return null;
    }
}
