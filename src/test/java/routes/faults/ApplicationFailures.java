package routes.faults;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import routes.faults.Fault.Scene;
import routes.production.ApplicationProcess;

import static org.awaitility.Awaitility.await;

/** The application dies or stands still, at each stage of the flow. */
final class ApplicationFailures {

    static final Fault KILLED = new Fault("application killed at a random moment", scene -> {
        scene.hold(0, 2_000);
        killAndStart(scene);
    });

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String UNSENT = "SELECT count(*) FROM outbox WHERE sent_at IS NULL";
    private static final String SETTLING = """
            SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%json_to_recordset%'""";
    /** The server's patience with a message that was delivered. */
    private static final int ACK_WAIT = 30_000;

    private ApplicationFailures() {
    }

    static List<Fault> all() {
        return List.of(
                KILLED,
                new Fault("application killed right after a POST was answered", scene -> {
                    scene.load().awaitNextAnswer();
                    killAndStart(scene);
                }),
                new Fault("application killed while events wait in the outbox", ApplicationFailures::killedWithFullOutbox),
                new Fault("application killed while NLP results cannot be published", ApplicationFailures::killedInNlp),
                new Fault("application killed while it settles alerts", ApplicationFailures::killedWhileSettling),
                new Fault("application killed again while it starts", scene -> {
                    killAndStart(scene);
                    scene.hold(500, 8_000);
                    killAndStart(scene);
                }),
                new Fault("application ended by SIGTERM and started", scene -> {
                    ApplicationProcess application = scene.world().application();
                    application.terminate();
                    application.start();
                }),
                new Fault("one of two instances killed", scene -> {
                    scene.world().secondInstance();
                    scene.hold(1_000, 3_000);
                    ApplicationProcess one = one(scene);
                    one.kill();
                    scene.hold(2_000, 5_000);
                    one.start();
                }),
                new Fault("one of two instances stopped for longer than ackWait", scene -> {
                    scene.world().secondInstance();
                    scene.hold(1_000, 3_000);
                    ApplicationProcess one = one(scene);
                    one.pause();
                    scene.hold(ACK_WAIT + 2_000, ACK_WAIT + 8_000);
                    one.resume();
                }),
                new Fault("first of two instances stopped, the second goes on without it", scene -> {
                    ApplicationProcess first = scene.world().application();
                    secondGoesOn(scene, first::pause, first::resume);
                }),
                new Fault("first of two instances cut off from NATS, the second goes on without it", scene -> {
                    TcpProxy network = scene.world().network();
                    secondGoesOn(scene, network::cut, network::restore);
                }));
    }

    /** The first instance has been the relay; what it has in hand comes to the second after ackWait. */
    private static void secondGoesOn(Scene scene, Runnable down, Runnable up) {
        scene.world().secondInstance();
        scene.hold(1_000, 3_000);
        down.run();
        try {
            scene.hold(2_000, 4_000);
            scene.world().awaitDone(Instant.now(), Duration.ofMillis(2 * ACK_WAIT));
        } finally {
            up.run();
        }
    }

    private static void killAndStart(Scene scene) throws InterruptedException {
        scene.world().application().kill();
        scene.world().application().start();
    }

    private static ApplicationProcess one(Scene scene) {
        List<ApplicationProcess> instances = scene.world().instances();
        return instances.get(scene.random().nextInt(instances.size()));
    }

    private static void killedWithFullOutbox(Scene scene) throws Exception {
        scene.world().nats().pause();
        try {
            await("events wait in the outbox").atMost(SOON).until(() -> scene.world().count(UNSENT) > 20);
            scene.world().application().kill();
        } finally {
            scene.world().nats().resume();
        }
        scene.world().application().start();
    }

    private static void killedInNlp(Scene scene) throws Exception {
        try (FullQueue full = new FullQueue(scene.world())) {
            scene.hold(1_500, 4_000);
            scene.world().application().kill();
        }
        scene.world().application().start();
    }

    /** The statements of the dead application go on in the database, and commit without anyone hearing of it. */
    private static void killedWhileSettling(Scene scene) throws Exception {
        try (Connection connection = scene.world().openDatabase(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            await("an alert is being settled").atMost(SOON).until(() -> {
                // those alone, and again and again: a lock on the table would hold back the new ones that are settled next
                statement.execute("SELECT FROM alerts WHERE status = 'pending' FOR UPDATE");
                return scene.world().count(SETTLING) > 0;
            });
            scene.world().application().kill();
            connection.rollback();
        }
        scene.world().application().start();
    }
}
