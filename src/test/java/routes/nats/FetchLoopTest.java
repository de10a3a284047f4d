package routes.nats;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nats.client.api.ConsumerConfiguration;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import routes.devservices.NatsServerProcess;
import routes.devservices.TestServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How a consumer asks for messages: its pull requests, as a plain client of the same server sees them. */
@Timeout(60)
class FetchLoopTest {

    private static final String URL = TestServers.nats().url();
    private static final Pattern BATCH = Pattern.compile("\"batch\":(\\d+)");
    private static final int HAND = 10;
    private static final Duration EXPIRY = Duration.ofSeconds(5);
    /** Does not tell the user app of any consumer. */
    private static final String MUTE = """
            authorization { users: [ {user: all, password: all}, {user: app, password: app,
              permissions: {publish: {deny: ["$JS.API.CONSUMER.INFO.>", "$JS.API.CONSUMER.LIST.>", "$JS.API.CONSUMER.NAMES.>"]}}} ] }
            no_auth_user: all""";

    private final List<Integer> requests = new CopyOnWriteArrayList<>();
    /** At each request, how many messages of those before it had not come. */
    private final List<Integer> unused = new CopyOnWriteArrayList<>();
    private final AtomicInteger done = new AtomicInteger();
    /** Only read and written by the dispatcher's thread. */
    private int deliveries;

    @Test
    void asksForHalfAHandOrMore() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        try (NatsRoom room = new NatsRoom(URL)) {
            start(room, exchange -> hold.await(), "");
            for (int i = 0; i < 20 * HAND; i++) {
                room.publish("message " + i);
            }
            hold.countDown();
            await().until(() -> done.get() == 20 * HAND && room.allAcknowledged());
            assertThat(requests).allMatch(batch -> batch >= HAND / 2);
        }
    }

    /**
     * nats-server serves the open requests of a consumer in turn. With several of them, one that ends by its time leaves
     * some of its messages unused, however many came: whoever counted on them would wait for what nobody sends.
     */
    @Test
    void asksAgainOnlyWhenItHasAllThatItAskedFor() throws Exception {
        try (NatsRoom room = new NatsRoom(URL)) {
            start(room, exchange -> { }, "");
            for (int i = 0; i < 20 * HAND; i++) {
                room.publish("message " + i);
            }
            await().until(() -> done.get() == 20 * HAND && room.allAcknowledged());
            assertThat(requests).hasSizeGreaterThan(10);
            assertThat(unused).containsOnly(0);
        }
    }

    /** Messages that are held for another try leave room for the others. */
    @Test
    void goesOnBesideMessagesThatAreHeld() throws Exception {
        try (NatsRoom room = new NatsRoom(URL)) {
            start(room, exchange -> {
                if (exchange.getIn().getBody(String.class).equals("stubborn")) {
                    throw new IllegalStateException("not yet");
                }
            }, "&maxDeliver=1&nakDelay=60000");
            for (int i = 0; i < HAND - 1; i++) {
                room.publish("stubborn");
            }
            for (int i = 0; i < HAND; i++) {
                room.publish("good");
            }
            await().until(() -> done.get() == HAND);
        }
    }

    /** As in a cluster while the consumer has no leader: questions about it stay without an answer, and that is no reason to wait with the next request. */
    @Test
    void asksOnThoughNobodySaysWhetherTheConsumerIsThere() throws Exception {
        try (NatsServerProcess server = NatsServerProcess.builder().config(MUTE).start();
             NatsRoom room = new NatsRoom(server.url(), "ekko.nats.user=app", "ekko.nats.password=app", "ekko.nats.provision=false")) {
            room.client.jetStreamManagement().addOrUpdateConsumer(room.stream, ConsumerConfiguration.builder().durable("worker").build());
            start(room, exchange -> { }, "");
            await().until(() -> requests.size() == 1);
            await().atMost(EXPIRY.plusSeconds(3)).until(() -> requests.size() == 2);
        }
    }

    private void start(NatsRoom room, Processor work, String more) throws Exception {
        String ask = "$JS.API.CONSUMER.MSG.NEXT.%s.worker".formatted(room.stream);
        String delivered = "$JS.ACK.%s.".formatted(room.stream);
        room.client.createDispatcher(message -> {
            if (message.getSubject().equals(ask)) {
                // the server may show a delivery before the very request that it answers: that is none of those before
                unused.add(Math.max(0, requests.stream().mapToInt(Integer::intValue).sum() - deliveries));
                requests.add(batch(new String(message.getData(), StandardCharsets.UTF_8)));
            } else if (message.getReplyTo() != null && message.getReplyTo().startsWith(delivered)) {
                deliveries++;
            }
        }).subscribe(ask).subscribe("_INBOX.>");
        room.client.flush(Duration.ofSeconds(5));
        String options = "batchSize=" + HAND + more;
        room.start(new RouteBuilder() {
            @Override
            public void configure() {
                from(room.from(options)).routeId("worker").process(work).process(exchange -> done.incrementAndGet());
            }
        });
    }

    private static int batch(String request) {
        Matcher batch = BATCH.matcher(request);
        assertThat(batch.find()).as(request).isTrue();
        return Integer.parseInt(batch.group(1));
    }
}
