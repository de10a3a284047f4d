package routes.production;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** SIGTERM in the middle of the work: what was begun is finished, what was not begun is given back, and nothing is done again. */
@Timeout(300)
class GracefulShutdownIT {

    private static final int ALERTS = Integer.getInteger("ekko.load", 5_000) / 5;
    private static final Pattern STOPPED = Pattern.compile("Stopped consuming (\\S+): (\\d+) done, (\\d+) failed, (\\d+) left");

    private ProductionServers servers;

    @BeforeEach
    void servers() {
        servers = new ProductionServers();
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    @Test
    void aTerminatedInstanceEndsInTimeLosesNothingAndFinishedWorkIsNotDoneAgain() throws Exception {
        try (ApplicationProcess ekko = servers.start("graceful")) {
            AlertLoad load = new AlertLoad(ALERTS, 8, List.of(ekko.awaitReady()));
            await().atMost(Duration.ofMinutes(2)).until(() -> load.acknowledged().size() > ALERTS / 3);
            Duration took = ekko.terminate();
            System.out.println("SIGTERM under load: ended after " + took.toMillis() + " ms, " + load.acknowledged().size() + " of " + ALERTS + " alerts acknowledged");
            assertThat(took).isLessThan(Duration.ofSeconds(35));
            assertThat(ekko.log().lines().filter(line -> line.contains("Shutdown in "))).as("one line with the counts").hasSize(1);

            ekko.start();
            List<String> ids = load.awaitAll();
            servers.awaitAllActiveAndSent(Duration.ofMinutes(2));
            assertThat(servers.count("SELECT count(*) FROM alerts")).isEqualTo(ids.size()).isEqualTo(ALERTS);
            assertThat(ekko.terminate()).isLessThan(Duration.ofSeconds(35));

            Map<String, Integer> updates = servers.updatesByAlert();
            assertThat(updates.keySet()).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(updates.values()).containsOnly(1);
            Map<String, Long> done = doneByConsumer(ekko.log());
            assertThat(done.get("nlp-alert-created")).as("sentences worked out, over both runs").isEqualTo(ALERTS);
            assertThat(done.get("alerts-job-completed")).as("results settled, over both runs").isEqualTo(ALERTS);
            assertThat(ekko.log()).doesNotContain("was settled or replaced before");
            assertThat(servers.deadLetters()).isZero();
        }
    }

    /** What its consumers have brought to an end, summed over the runs that the log holds. */
    private static Map<String, Long> doneByConsumer(String log) {
        Map<String, Long> done = new HashMap<>();
        Matcher stopped = STOPPED.matcher(log);
        while (stopped.find()) {
            assertThat(stopped.group(3)).as(stopped.group()).isEqualTo("0");
            done.merge(stopped.group(1), Long.valueOf(stopped.group(2)), Long::sum);
        }
        return done;
    }
}
