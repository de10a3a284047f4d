package routes.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import routes.faults.Fault.Scene;

import static org.awaitility.Awaitility.await;

/** NATS, PostgreSQL or the network between fail, or do what only their protocol allows. */
final class ServerFailures {

    static final Fault NATS_RESTARTED = new Fault("NATS killed and restarted", scene -> {
        scene.world().killNats();
        scene.hold(500, 5_000);
        scene.world().restartNats();
    });

    private static final int FILLING = 512 * 1024;

    private ServerFailures() {
    }

    static List<Fault> all() {
        return List.of(
                NATS_RESTARTED,
                new Fault("NATS paused for longer than the ping limit", scene -> {
                    scene.world().nats().pause();
                    scene.hold(5_000, 12_000);
                    scene.world().nats().resume();
                }),
                new Fault("NATS away until the client gives up reconnecting", scene -> {
                    scene.world().killNats();
                    scene.hold(25_000, 30_000);
                    scene.world().restartNats();
                }),
                new Fault("work queue JOBS full", scene -> {
                    try (FullQueue full = new FullQueue(scene.world())) {
                        scene.hold(3_000, 10_000);
                    }
                }),
                new Fault("stream store full", ServerFailures::fullStore),
                new Fault("PostgreSQL killed and restarted", scene -> {
                    scene.world().postgres().kill();
                    scene.hold(500, 8_000);
                    scene.world().postgres().restart();
                }),
                new Fault("PostgreSQL paused", scene -> {
                    scene.world().postgres().pause();
                    scene.hold(5_000, 15_000);
                    scene.world().postgres().resume();
                }),
                new Fault("PostgreSQL and NATS killed at once and restarted", scene -> {
                    scene.world().postgres().kill();
                    scene.world().killNats();
                    scene.hold(500, 5_000);
                    scene.world().restartNats();
                    scene.world().postgres().restart();
                }),
                new Fault("connection to NATS cut", scene -> {
                    scene.world().network().cut();
                    scene.hold(500, 6_000);
                    scene.world().network().restore();
                }),
                new Fault("connection to NATS cut again and again", scene -> {
                    for (int i = 0; i < 5; i++) {
                        scene.world().network().cut();
                        scene.world().network().restore();
                        scene.hold(200, 2_500);
                    }
                }),
                new Fault("network slow, 200 ms each way", scene -> {
                    scene.world().network().slow(Duration.ofMillis(200));
                    scene.hold(8_000, 12_000);
                    scene.world().network().slow(Duration.ZERO);
                }),
                new Fault("results of jobs delivered twice under new ids", ServerFailures::duplicates));
    }

    /** Another stream takes all the space the server may use. */
    private static void fullStore(Scene scene) throws Exception {
        try (Connection nats = scene.world().natsClient()) {
            JetStreamManagement management = nats.jetStreamManagement();
            management.addStream(StreamConfiguration.builder().name("FILLING").subjects("filling").storageType(StorageType.File).build());
            try {
                byte[] filling = new byte[FILLING];
                for (int i = 0; i < 1_000; i++) {
                    nats.jetStream().publish("filling", filling);
                }
                throw new IllegalStateException("The store does not get full");
            } catch (JetStreamApiException full) {
                scene.hold(3_000, 8_000);
            } finally {
                management.deleteStream("FILLING");
            }
        }
    }

    /** Any client may repeat what it has seen; under new ids the stream does not recognise the repetition. */
    private static void duplicates(Scene scene) throws Exception {
        Queue<Message> seen = new ConcurrentLinkedQueue<>();
        try (Connection nats = scene.world().natsClient()) {
            Dispatcher listener = nats.createDispatcher(seen::add);
            listener.subscribe("jobs.alert.completed");
            scene.hold(3_000, 5_000);
            // the application may still be starting after the fault before
            await("results that can be repeated").atMost(Rounds.BOUND).until(() -> !seen.isEmpty());
            listener.unsubscribe("jobs.alert.completed");
            for (Message message : List.copyOf(seen)) {
                repeat(nats, message);
                repeat(nats, message);
            }
        }
    }

    private static void repeat(Connection nats, Message message) throws IOException, JetStreamApiException {
        Headers headers = new Headers(message.getHeaders());
        headers.put("Nats-Msg-Id", UUID.randomUUID().toString());
        PublishAck ack = nats.jetStream().publish(NatsMessage.builder().subject(message.getSubject()).headers(headers)
                .data(message.getData()).build());
        if (ack.isDuplicate()) {
            throw new IllegalStateException("taken for a repetition: " + message.getSubject());
        }
    }
}
