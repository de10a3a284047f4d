package routes.nats;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.SuspendableService;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import routes.devservices.TestServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The consumer's promises, each seen from outside by a plain client of the same server. */
@Timeout(60)
class JetStreamConsumerTest {

    private static final String URL = TestServers.nats().url();

    @Test
    void acknowledgesWhenTheExchangeIsComplete() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        BlockingQueue<Map<String, Object>> seen = new LinkedBlockingQueue<>();
        try (NatsRoom room = new NatsRoom(URL)) {
            room.start(route(room.from(""), exchange -> {
                seen.add(Map.copyOf(exchange.getIn().getHeaders()));
                hold.await();
            }));
            room.publish("one");
            Map<String, Object> headers = seen.take();
            assertThat(headers).containsEntry("CamelNatsSubject", room.subject).containsEntry("CamelNatsDeliveryCounter", 1L)
                    .containsEntry("CamelNatsStream", room.stream).containsEntry("CamelNatsStreamSequence", 1L)
                    .containsEntry("CamelNatsConsumer", "worker");
            assertThat(room.worker().getNumAckPending()).isOne();
            hold.countDown();
            await().until(room::allAcknowledged);
        }
    }

    @Test
    void aFailedMessageComesAgainWithGrowingDelays() throws Exception {
        List<Long> times = Collections.synchronizedList(new ArrayList<>());
        try (NatsRoom room = new NatsRoom(URL)) {
            room.start(route(room.from("nakDelay=200&nakDelayMultiplier=3&nakDelayJitter=0.1"), exchange -> {
                times.add(System.nanoTime());
                if (times.size() < 3) {
                    throw new IllegalStateException("not yet");
                }
            }));
            room.publish("one");
            await().until(() -> times.size() == 3 && room.allAcknowledged());
            assertThat(millis(times, 1)).isBetween(180L, 500L);
            assertThat(millis(times, 2)).isBetween(540L, 1200L);
            assertThat(room.worker().getDelivered().getConsumerSequence()).isEqualTo(3);
        }
    }

    @Test
    void longWorkKeepsItsMessage() throws Exception {
        AtomicInteger deliveries = new AtomicInteger();
        CountDownLatch hold = new CountDownLatch(1);
        try (NatsRoom room = new NatsRoom(URL)) {
            room.start(route(room.from("ackWait=600"), exchange -> {
                deliveries.incrementAndGet();
                hold.await();
            }));
            room.publish("long");
            room.publish("waits behind it");
            await().until(() -> deliveries.get() == 1);
            // three times ackWait: without in-progress both would have come again
            await().pollDelay(Duration.ofMillis(1800)).until(() -> true);
            hold.countDown();
            await().until(() -> deliveries.get() == 2 && room.allAcknowledged());
            assertThat(room.worker().getDelivered().getConsumerSequence()).isEqualTo(2);
        }
    }

    @Test
    void anAsynchronousRouteIsAcknowledgedAtItsEnd() throws Exception {
        BlockingQueue<AsyncCallback> open = new LinkedBlockingQueue<>();
        AsyncProcessor later = new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                open.add(callback);
                return false;
            }
        };
        try (NatsRoom room = new NatsRoom(URL)) {
            room.start(route(room.from(""), later));
            room.publish("one");
            room.publish("two");
            AsyncCallback first = open.take();
            AsyncCallback second = open.take();
            assertThat(room.worker().getNumAckPending()).isEqualTo(2);
            second.done(false);
            first.done(false);
            await().until(room::allAcknowledged);
        }
    }

    @Test
    void theLastDeliveryIsNotGivenToTheServerToLose() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        try (NatsRoom room = new NatsRoom(URL)) {
            room.start(route(room.from("maxDeliver=2&nakDelay=50"), exchange -> {
                if (attempts.incrementAndGet() < 4) {
                    throw new IllegalStateException("not yet");
                }
            }));
            room.publish("stubborn");
            await().until(() -> attempts.get() == 4 && room.allAcknowledged());
            assertThat(room.worker().getDelivered().getConsumerSequence()).isEqualTo(2);
        }
    }

    @Test
    void aSuspendedConsumerLeavesMessagesOnTheServer() throws Exception {
        AtomicInteger done = new AtomicInteger();
        try (NatsRoom room = new NatsRoom(URL)) {
            room.start(route(room.from(""), exchange -> done.incrementAndGet()));
            room.publish("one");
            await().until(() -> done.get() == 1);
            room.camel.getRouteController().suspendRoute("worker");
            room.publish("two");
            await().during(Duration.ofMillis(700)).until(() -> done.get() == 1 && room.worker().getNumPending() == 1);
            room.camel.getRouteController().resumeRoute("worker");
            await().until(() -> done.get() == 2 && room.allAcknowledged());
        }
    }

    @Test
    void stoppingFinishesWhatWasBegunAndGivesTheRestBack() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch hold = new CountDownLatch(1);
        AtomicInteger finished = new AtomicInteger();
        NatsRoom room = new NatsRoom(URL);
        room.start(route(room.from("ackWait=60000"), exchange -> {
            begun.countDown();
            hold.await();
            finished.incrementAndGet();
        }));
        for (int i = 0; i < 10; i++) {
            room.publish("message " + i);
        }
        begun.await();
        Thread stopping = new Thread(room.camel::stop);
        stopping.start();
        await().until(() -> ((SuspendableService) room.camel.getRoute("worker").getConsumer()).isSuspended());
        hold.countDown();
        stopping.join();
        assertThat(finished).hasValue(1);
        AtomicInteger byNext = new AtomicInteger();
        try (NatsRoom ignored = room; NextInstance next = new NextInstance(room, exchange -> byNext.incrementAndGet())) {
            // long before ackWait: the nine were given back with a nak
            await().atMost(Duration.ofSeconds(10)).until(() -> byNext.get() >= 9 && room.allAcknowledged());
            assertThat(byNext).as("each given back once").hasValue(9);
            assertThat(room.worker().getDelivered().getConsumerSequence()).as("deliveries, the first ten included").isEqualTo(19);
        }
    }

    @Test
    void stoppingGivesBackWhatIsHeldForAnotherTry() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        AtomicInteger byNext = new AtomicInteger();
        NatsRoom room = new NatsRoom(URL);
        room.start(route(room.from("ackWait=60000&nakDelay=5000"), exchange -> {
            tries.incrementAndGet();
            exchange.setProperty(NatsHeaders.SETTLEMENT, Settlement.HOLD);
        }));
        room.publish("held");
        await().until(() -> tries.get() == 1);
        room.camel.stop();
        assertThat(tries).as("not tried again for the stop").hasValue(1);
        try (NatsRoom ignored = room; NextInstance next = new NextInstance(room, exchange -> byNext.incrementAndGet())) {
            await().until(() -> byNext.get() == 1 && room.allAcknowledged());
        }
    }

    @Test
    void aStreamThatWasDeletedAndMadeAnewIsConsumedAgain() throws Exception {
        AtomicInteger done = new AtomicInteger();
        try (NatsRoom room = new NatsRoom(URL)) {
            room.start(route(room.from(""), exchange -> done.incrementAndGet()));
            room.publish("one");
            await().until(() -> done.get() == 1);
            room.makeStreamAnew();
            room.publish("two");
            await().atMost(Duration.ofSeconds(15)).until(() -> done.get() == 2 && room.allAcknowledged());
        }
    }

    /** No open request that the server could refuse, and nats-server 2.9 answers none that is made for a consumer it does not have. */
    @Test
    void aStreamThatWasMadeAnewWhileNothingWasAskedForIsConsumedAgain() throws Exception {
        AtomicInteger done = new AtomicInteger();
        CountDownLatch hold = new CountDownLatch(1);
        try (NatsRoom room = new NatsRoom(URL)) {
            room.start(route(room.from("batchSize=1"), exchange -> {
                done.incrementAndGet();
                hold.await();
            }));
            room.publish("one");
            await().until(() -> done.get() == 1);
            room.makeStreamAnew();
            hold.countDown();
            room.publish("two");
            await().atMost(Duration.ofSeconds(15)).until(() -> done.get() == 2 && room.allAcknowledged());
        }
    }

    @Test
    void aBatchIsAllThatWaits() throws Exception {
        BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
        CountDownLatch hold = new CountDownLatch(1);
        try (NatsRoom room = new NatsRoom(URL)) {
            room.start(route(room.from("batching=true"), exchange -> {
                batches.add(bodies(exchange));
                hold.await();
            }));
            publishTogether(room, () -> batches.size() == 1, hold, "message 0", "message 1", "message 2", "message 3", "message 4");
            await().until(room::allAcknowledged);
            assertThat(batches).containsExactly(List.of("first"), List.of("message 0", "message 1", "message 2", "message 3", "message 4"));
        }
    }

    @Test
    void whatFailsTogetherIsTriedAlone() throws Exception {
        BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
        CountDownLatch hold = new CountDownLatch(1);
        try (NatsRoom room = new NatsRoom(URL)) {
            room.start(route(room.from("batching=true&nakDelay=50"), exchange -> {
                List<String> bodies = bodies(exchange);
                batches.add(bodies);
                hold.await();
                if (bodies.contains("bad") && exchange.getIn().getHeader("CamelNatsDeliveryCounter", 0, Integer.class) < 2) {
                    throw new IllegalStateException("not yet");
                }
            }));
            publishTogether(room, () -> batches.size() == 1, hold, "good", "bad", "fine");
            await().until(() -> batches.size() == 6 && room.allAcknowledged());
            assertThat(batches).containsExactly(List.of("first"), List.of("good", "bad", "fine"),
                    List.of("good"), List.of("bad"), List.of("fine"), List.of("bad"));
            assertThat(room.worker().getDelivered().getConsumerSequence()).as("only what failed came again").isEqualTo(5);
        }
    }

    @Test
    void oneThatIsLeftOutOfABatchIsTriedAloneAndTheOthersAreDone() throws Exception {
        BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch hold = new CountDownLatch(1);
        try (NatsRoom room = new NatsRoom(URL)) {
            room.start(route(room.from("batching=true&nakDelay=50"), exchange -> {
                begun.countDown();
                hold.await();
                Batch.each(exchange, message -> {
                    if (bodies(List.of(message)).contains("bad") && message.getIn().getHeader("CamelNatsDeliveryCounter", Integer.class) < 2) {
                        throw new IllegalStateException("not yet");
                    }
                });
                batches.add(bodies(exchange));
            }));
            publishTogether(room, () -> begun.getCount() == 0, hold, "good", "bad", "fine");
            await().until(() -> batches.size() == 3 && room.allAcknowledged());
            assertThat(batches).containsExactly(List.of("first"), List.of("good", "fine"), List.of("bad"));
            assertThat(room.worker().getDelivered().getConsumerSequence()).as("only what failed came again").isEqualTo(5);
        }
    }

    @Test
    void aBatchThatIsHeldIsTriedAgainAsAWhole() throws Exception {
        BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
        CountDownLatch hold = new CountDownLatch(1);
        try (NatsRoom room = new NatsRoom(URL)) {
            room.start(route(room.from("batching=true&nakDelay=50"), exchange -> {
                batches.add(bodies(exchange));
                hold.await();
                if (batches.size() == 2 || batches.size() == 3) {
                    assertThat(exchange.getIn().getHeaders()).containsEntry("CamelNatsStream", room.stream).doesNotContainKey("CamelNatsStreamSequence");
                    exchange.setProperty(NatsHeaders.SETTLEMENT, Settlement.HOLD);
                }
            }));
            publishTogether(room, () -> batches.size() == 1, hold, "one", "two", "three");
            await().until(room::allAcknowledged);
            List<String> together = List.of("one", "two", "three");
            assertThat(batches).containsExactly(List.of("first"), together, together, together);
            assertThat(room.worker().getDelivered().getConsumerSequence()).as("holding costs no delivery").isEqualTo(4);
        }
    }

    /** Has the route begin with a first message alone, and the others wait until they are all there. */
    private static void publishTogether(NatsRoom room, Callable<Boolean> begun, CountDownLatch hold, String... bodies) throws Exception {
        room.publish("first");
        await().until(begun);
        for (String body : bodies) {
            room.publish(body);
        }
        await().until(() -> room.worker().getNumAckPending() == 1 + bodies.length);
        hold.countDown();
    }

    private static List<String> bodies(Exchange batch) {
        return bodies((List<?>) batch.getIn().getBody());
    }

    private static List<String> bodies(List<?> messages) {
        return messages.stream().map(message -> ((Exchange) message).getIn().getBody(String.class)).toList();
    }

    @Test
    void manualAcknowledgementIsLeftToTheRoute() throws Exception {
        BlockingQueue<NatsManualAck> acks = new LinkedBlockingQueue<>();
        try (NatsRoom room = new NatsRoom(URL)) {
            room.start(route(room.from("manualAck=true"), exchange -> acks.add(exchange.getIn().getHeader(NatsHeaders.MANUAL_ACK, NatsManualAck.class))));
            room.publish("one");
            NatsManualAck ack = acks.take();
            await().during(Duration.ofMillis(300)).until(() -> room.worker().getNumAckPending() == 1);
            ack.nakWithDelay(Duration.ofMillis(100));
            acks.take().ack();
            await().until(room::allAcknowledged);
        }
    }

    @Test
    void headersThatSteerRoutesDoNotComeIn() throws Exception {
        BlockingQueue<Map<String, Object>> seen = new LinkedBlockingQueue<>();
        try (NatsRoom room = new NatsRoom(URL)) {
            room.start(route(room.from(""), exchange -> seen.add(Map.copyOf(exchange.getIn().getHeaders()))));
            Headers hostile = new Headers().put("CamelSqlQuery", "DROP TABLE alerts").put("CAMELhttpMethod", "DELETE")
                    .put("camelNatsOverrideSubject", "elsewhere").put("Nats-Msg-Id", "id-1").put("harmless", "yes");
            room.client.jetStream().publish(NatsMessage.builder().subject(room.subject).headers(hostile).data("x").build());
            Map<String, Object> headers = seen.take();
            assertThat(headers).containsEntry("harmless", "yes");
            assertThat(headers.keySet()).noneMatch(name -> name.equalsIgnoreCase("CamelSqlQuery") || name.equalsIgnoreCase("CamelHttpMethod")
                    || name.equalsIgnoreCase("CamelNatsOverrideSubject") || name.toLowerCase().startsWith("nats-"));
        }
    }

    @Test
    void twoInstancesShareOneDurable() throws Exception {
        List<String> handled = Collections.synchronizedList(new ArrayList<>());
        try (NatsRoom room = new NatsRoom(URL)) {
            room.start(route(room.from("batchSize=5"), exchange -> handled.add(exchange.getIn().getBody(String.class))));
            try (NextInstance other = new NextInstance(room, exchange -> handled.add(exchange.getIn().getBody(String.class)))) {
                for (int i = 0; i < 500; i++) {
                    room.publish("message " + i);
                }
                await().until(() -> handled.size() >= 500 && room.allAcknowledged());
            }
            assertThat(handled).hasSize(500).doesNotHaveDuplicates();
        }
    }

    /** A second application instance on the same durable consumer. */
    private static final class NextInstance implements AutoCloseable {

        private final NatsRoom own;

        private NextInstance(NatsRoom first, org.apache.camel.Processor work) throws Exception {
            own = new NatsRoom(URL);
            own.start(route(first.from("batchSize=5"), work));
        }

        @Override
        public void close() throws Exception {
            own.close();
        }
    }

    private static RouteBuilder route(String from, org.apache.camel.Processor work) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId("worker").process(work);
            }
        };
    }

    private static long millis(List<Long> times, int step) {
        return TimeUnit.NANOSECONDS.toMillis(times.get(step) - times.get(step - 1));
    }
}
