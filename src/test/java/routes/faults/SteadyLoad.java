package routes.faults;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import routes.production.ApplicationProcess;

/**
 * Clients that create alerts at a steady rate and, like good clients, repeat a request under its Idempotency-Key until
 * it is answered, at whichever instance answers. Some change the sentence afterwards.
 */
final class SteadyLoad {

    private static final int CLIENTS = 16;
    private static final int CHANGED_ONE_OF = 10;
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([0-9a-f-]{36})\"");
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();
    private final String run = UUID.randomUUID().toString();
    private final List<ApplicationProcess> instances;
    private final long intervalNanos;
    private final Map<String, Sentence> acknowledged = new ConcurrentHashMap<>();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private volatile CountDownLatch nextAnswer = new CountDownLatch(1);
    private volatile boolean ending;
    private long nextTurn = System.nanoTime();

    SteadyLoad(List<ApplicationProcess> instances, int perSecond) {
        this.instances = instances;
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        for (int i = 0; i < CLIENTS; i++) {
            clients.execute(this::post);
        }
        clients.shutdown();
    }

    private void post() {
        while (true) {
            pauseUntil(turn());
            if (ending) {
                return;
            }
            int mine = number.getAndIncrement();
            Sentence sentence = Sentence.number(mine);
            String answer = create(mine, sentence);
            Matcher id = ID.matcher(answer);
            if (!id.find()) {
                refusals.add("201 without an id: " + answer);
                continue;
            }
            acknowledged.put(id.group(1), sentence);
            nextAnswer.countDown();
            if (mine % CHANGED_ONE_OF == 0) {
                change(id.group(1));
            }
        }
    }

    private String create(int mine, Sentence sentence) {
        String body = "{\"name\":\"%s %d\",\"nl_description\":\"%s\"}".formatted(run, mine, sentence.text());
        return untilAnswered(mine, 201, "/alerts/", request -> request.header("Idempotency-Key", run + "-" + mine)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private void change(String id) {
        Sentence sentence = Sentence.other();
        untilAnswered(id.hashCode(), 200, "/alerts/" + id, request -> request
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"nl_description\":\"%s\"}".formatted(sentence.text()))));
        acknowledged.put(id, sentence);
    }

    private String untilAnswered(int client, int wanted, String path, java.util.function.UnaryOperator<HttpRequest.Builder> kind) {
        for (int attempt = Math.floorMod(client, CLIENTS); ; attempt++) {
            try {
                ApplicationProcess instance = instances.get(attempt % instances.size());
                HttpRequest.Builder request = instance.request(path).timeout(PATIENCE).header("Content-Type", "application/json");
                HttpResponse<String> answer = http.send(kind.apply(request).build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == wanted) {
                    return answer.body();
                }
                if (answer.statusCode() != 503) {
                    refusals.add("%s was answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
                }
            } catch (IOException | IndexOutOfBoundsException e) {
                // down, or gone meanwhile: the next try may find it up again
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            pauseUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    /** A pause of all clients is not made up for by a burst afterwards. */
    private synchronized long turn() {
        nextTurn = Math.max(nextTurn + intervalNanos, System.nanoTime());
        return nextTurn;
    }

    private static void pauseUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0 && !Thread.currentThread().isInterrupted(); left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Waits for the very next 201. */
    void awaitNextAnswer() throws InterruptedException {
        CountDownLatch next = new CountDownLatch(1);
        nextAnswer = next;
        if (!next.await(1, TimeUnit.MINUTES)) {
            throw new AssertionError("no POST was answered 201 in a minute");
        }
    }

    /** Alerts answered 201, each with the sentence it was last given. */
    Map<String, Sentence> acknowledged() {
        return acknowledged;
    }

    /** Answers that a client should never see: neither success nor 503. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** No new alerts; waits until those begun are answered. */
    void end() throws InterruptedException {
        ending = true;
        if (!clients.awaitTermination(2, TimeUnit.MINUTES)) {
            clients.shutdownNow();
            throw new AssertionError("clients still wait for an answer after 2 minutes");
        }
    }
}
