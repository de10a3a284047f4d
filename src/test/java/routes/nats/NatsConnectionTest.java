package routes.nats;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.nats.client.Connection;
import io.nats.client.Nats;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.actuate.health.Status;
import org.springframework.util.FileSystemUtils;
import routes.devservices.NatsServerProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the connection and those who use it do while the server goes and comes. */
@Timeout(60)
class NatsConnectionTest {

    private static final String GIVES_UP_SOON = "ekko.nats.max-reconnect-attempts=2";
    private static final String NEVER_GIVES_UP = "ekko.nats.max-reconnect-attempts=-1";

    private NatsServerProcess server;

    @BeforeEach
    void startServer() {
        server = NatsServerProcess.start();
    }

    @AfterEach
    void stopServer() {
        server.stop();
    }

    @Test
    void startsWhileTheServerIsDownAndSaysSoInHealth() {
        server.shutDown();
        try (NatsLink link = new NatsLink(server.url()).start()) {
            assertThat(link.connection.isRunning()).isTrue();
            assertThat(link.connection.ifConnected()).isEmpty();
            assertThat(link.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(link.health().getDetails()).containsEntry("servers", List.of(server.url()));
            assertThat(link.health().getDetails().get("reason").toString()).contains("Unable to connect").contains(server.url());
            assertThat(link.meters.scrape()).contains("nats_connection_status 0.0");
        }
    }

    @Test
    void findsAServerThatComesLater() {
        server.shutDown();
        try (NatsLink link = new NatsLink(server.url()).start()) {
            server.restart();
            await().until(() -> link.health().getStatus().equals(Status.UP));
            assertThat(link.health().getDetails()).containsEntry("url", server.url()).containsKeys("server", "version");
            await().until(() -> link.metric("nats_connection_status") == 1);
        }
    }

    @Test
    void waitsBetweenTwoAttemptsToConnect() {
        server.shutDown();
        try (NatsLink link = new NatsLink(server.url(), "NATS_RECONNECT_TIME_WAIT=1h").start()) {
            await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(3)).until(() -> link.events("connect_failed") == 1);
        }
    }

    /** Each one too many would be a second subscriber to everything. */
    @Test
    void standsOnOneConnectionAfterManyFailedAttempts() {
        server.shutDown();
        try (NatsLink link = new NatsLink(server.url()).start()) {
            await().until(() -> link.events("connect_failed") >= 4);
            server.restart();
            await().until(() -> link.connection.ifConnected().isPresent());
            await().during(Duration.ofMillis(500)).until(() -> link.events("connected") == 1);
        }
    }

    @Test
    void connectsToTheServerOfSeveralThatIsUp() {
        try (NatsServerProcess down = NatsServerProcess.start()) {
            down.shutDown();
            try (NatsLink link = new NatsLink(down.url() + "," + server.url()).start()) {
                assertThat(link.health().getDetails()).containsEntry("url", server.url());
            }
        }
    }

    @Test
    void reconnectsToAServerThatWasKilledAndTheConsumerGoesOn() throws Exception {
        List<String> handled = Collections.synchronizedList(new ArrayList<>());
        try (NatsRoom room = new NatsRoom(server.url(), NEVER_GIVES_UP)) {
            room.start(consumer(room.from(""), exchange -> handled.add(exchange.getIn().getBody(String.class))));
            room.publish("before");
            await().until(() -> handled.equals(List.of("before")) && room.allAcknowledged());
            assertThat(status(room)).isOne();

            server.kill();
            await().until(() -> status(room) == 0);
            server.restart();
            await().until(() -> status(room) == 1);

            publish(room.subject, "after");
            await().until(() -> handled.contains("after"));
            await().until(() -> events(room, "resubscribed") == 1);
            assertThat(events(room, "connected")).isOne();
            assertThat(events(room, "reconnected")).isOne();
            assertThat(events(room, "disconnected")).isGreaterThanOrEqualTo(1);
            assertThat(events(room, "closed")).isZero();
        }
    }

    /** jnats takes no header value that is not ASCII, other clients and the server do: its reader ends, and the connection looks open. */
    @Test
    void aMessageThatJnatsCannotReadCostsAReconnectAndNoMore() throws Exception {
        List<String> handled = Collections.synchronizedList(new ArrayList<>());
        try (NatsRoom room = new NatsRoom(server.url(), NEVER_GIVES_UP)) {
            room.start(consumer(room.from("ackWait=1000&maxDeliver=2"), exchange -> handled.add(exchange.getIn().getBody(String.class))));
            room.publish("before");
            await().until(() -> handled.equals(List.of("before")));

            RawPublisher.publish(server.url(), room.subject, "X-User: José", "unreadable");
            await().until(() -> events(room, "reconnected") >= 1);
            publish(room.subject, "after");
            await().until(() -> handled.contains("after"));
            await().until(() -> events(room, "reconnected") == 2);
            room.template().sendBody(room.to(), "sent");
            await().until(() -> handled.equals(List.of("before", "after", "sent")));
        }
    }

    /** What the server sends behind such a message is lost with it, and comes again, each time at the cost of a delivery. */
    @Test
    void aMessageThatJnatsCannotReadDoesNotUseUpTheDeliveriesOfOthers() throws Exception {
        Set<String> handled = ConcurrentHashMap.newKeySet();
        Set<String> good = IntStream.range(0, 20).mapToObj(number -> "good " + number).collect(Collectors.toSet());
        try (NatsRoom room = new NatsRoom(server.url(), NEVER_GIVES_UP)) {
            RawPublisher.publish(server.url(), room.subject, "X-User: José", "unreadable");
            for (String body : good) {
                room.publish(body);
            }
            room.start(consumer(room.from("ackWait=3000&maxDeliver=3"), exchange -> handled.add(exchange.getIn().getBody(String.class))));
            await().atMost(Duration.ofSeconds(30)).until(() -> handled.equals(good));
        }
    }

    /** As nats-server 2.9 does, now and then, when it is killed while a work queue is empty: here its messages are taken away by hand. */
    @Test
    void aConsumerPastTheEndOfItsStreamIsMadeAnew() throws Exception {
        List<String> handled = Collections.synchronizedList(new ArrayList<>());
        try (NatsRoom room = new NatsRoom(server.url(), NEVER_GIVES_UP)) {
            room.start(consumer(room.from(""), exchange -> handled.add(exchange.getIn().getBody(String.class))));
            for (String body : List.of("one", "two", "three")) {
                room.publish(body);
            }
            await().until(() -> handled.size() == 3 && room.allAcknowledged());

            server.kill();
            FileSystemUtils.deleteRecursively(server.log().resolveSibling("jetstream/$G/streams/" + room.stream + "/msgs"));
            server.restart();

            publish(room.subject, "after");
            await().until(() -> handled.contains("after"));
        }
    }

    @Test
    void aLostConnectionIsTheReasonInHealth() {
        try (NatsLink link = new NatsLink(server.url(), "NATS_MAX_RECONNECT_ATTEMPTS=-1").start()) {
            server.kill();
            await().until(() -> link.health().getStatus().equals(Status.DOWN));
            await().untilAsserted(() -> assertThat(link.health().getDetails().get("reason").toString()).contains("lost"));
        }
    }

    @Test
    void aConnectionThatWasGivenUpIsBuiltAnewForEveryoneWhoUsesIt() throws Exception {
        List<String> handled = Collections.synchronizedList(new ArrayList<>());
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        try (NatsRoom room = new NatsRoom(server.url(), GIVES_UP_SOON, "ekko.nats.reconnect-time-wait=50ms")) {
            String core = "core." + room.stream;
            room.start(consumer(room.from(""), exchange -> handled.add(exchange.getIn().getBody(String.class))));
            for (int i = 0; i < 2; i++) {
                room.camel.addRoutes(consumer("nats:" + core + "?queueName=group", "member" + i, exchange -> heard.add(exchange.getIn().getBody(String.class))));
            }

            server.kill();
            await().until(() -> events(room, "closed") >= 1);
            server.restart();
            await().until(() -> room.connection.ifConnected().isPresent());

            room.template().sendBody(room.to(), "stored");
            await().until(() -> handled.contains("stored"));
            // core messages to nobody are gone: say it until somebody is there
            try (Connection client = Nats.connect(server.url())) {
                await().until(() -> {
                    client.publish(core, "first".getBytes());
                    return heard.contains("first");
                });
                await().during(Duration.ofMillis(300)).until(() -> events(room, "connected") == 2);
                client.publish(core, "last".getBytes());
                await().until(() -> heard.contains("last"));
                client.flush(Duration.ofSeconds(1));
            }
            // one of the queue group each time, not one for each connection
            assertThat(heard).containsOnlyOnce("last");
            assertThat(handled).containsExactly("stored");
        }
    }

    @Test
    void workInHandAtAReconnectIsNeitherLostNorDoneTwice() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch hold = new CountDownLatch(1);
        try (NatsRoom room = new NatsRoom(server.url(), NEVER_GIVES_UP)) {
            room.start(consumer(room.from(""), exchange -> {
                begun.incrementAndGet();
                hold.await();
            }));
            room.publish("in hand");
            await().until(() -> begun.get() == 1);

            server.restart();
            await().until(() -> events(room, "reconnected") == 1 && room.connection.ifConnected().isPresent());
            hold.countDown();

            publish(room.subject, "next");
            await().until(() -> begun.get() == 2);
            // the second message is the second delivery of all: the first did not come again, and now never will
            await().ignoreExceptions().until(room::allAcknowledged);
            assertThat(room.worker().getDelivered().getConsumerSequence()).isEqualTo(2);
            assertThat(begun).hasValue(2);
        }
    }

    @Test
    void aServerThatStopsAnsweringIsNoticedAndFoundAgain() {
        try (NatsLink link = new NatsLink(server.url(), "NATS_PING_INTERVAL=200ms", "NATS_MAX_PINGS_OUT=2",
                "NATS_CONNECTION_TIMEOUT=300ms").start()) {
            await().until(() -> link.metric("nats_connection_status") == 1);
            server.pause();
            await().until(() -> link.metric("nats_connection_status") == 0);
            assertThat(link.health().getStatus()).isEqualTo(Status.DOWN);
            server.resume();
            await().until(() -> link.metric("nats_connection_status") == 1);
            assertThat(link.health().getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void stoppingClosesTheConnectionForGood() {
        NatsLink link = new NatsLink(server.url()).start();
        link.close();
        await().during(Duration.ofMillis(300)).until(() -> link.metric("nats_connection_status") == 0);
        assertThat(link.events("connected")).isOne();
        assertThat(link.connection.isRunning()).isFalse();
    }

    /** By a new client: one that was there before finds the server again only seconds later. */
    private void publish(String subject, String body) throws Exception {
        try (Connection client = Nats.connect(server.url())) {
            await().ignoreExceptions().until(() -> client.jetStream().publish(subject, body.getBytes()).getSeqno() > 0);
        }
    }

    private static double status(NatsRoom room) {
        return room.meters.get("nats.connection.status").gauge().value();
    }

    private static double events(NatsRoom room, String event) {
        return room.meters.counter("nats.connection.events", "event", event).count();
    }

    private static RouteBuilder consumer(String from, org.apache.camel.Processor work) {
        return consumer(from, "worker", work);
    }

    private static RouteBuilder consumer(String from, String id, org.apache.camel.Processor work) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId(id).process(work);
            }
        };
    }
}
