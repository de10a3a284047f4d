package routes.faults;

import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.MessageInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The short version of the fault suite (docs/faults.md), in every build. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FaultsIT {

    private static final String UPDATED = "alerts.updated";

    private final Random random = new Random(FaultSettings.SEED);
    private Rounds rounds;

    @BeforeAll
    void world() throws Exception {
        rounds = new Rounds(20, 3, 1);
    }

    @AfterAll
    void end() {
        if (rounds != null) {
            rounds.close();
        }
    }

    @Test
    void aKilledApplicationAndARestartOfNatsLoseAndDoubleNothing() throws Exception {
        assertThat(rounds.alone(ServerFailures.NATS_RESTARTED, random).problems()).as("seed %d", FaultSettings.SEED).isEmpty();
        assertThat(rounds.alone(ApplicationFailures.KILLED, random).problems()).as("seed %d", FaultSettings.SEED).isEmpty();
    }

    @Test
    void theBooksFindAnEventThatIsMissingAndOneThatIsDoubled() throws Exception {
        Fault sabotage = new Fault("sabotage", scene -> {
            try (Connection nats = scene.world().natsClient()) {
                JetStreamManagement streams = nats.jetStreamManagement();
                MessageInfo last = streams.getLastMessage("ALERTS", UPDATED);
                long doubled = nats.jetStream().publish(UPDATED, last.getData()).getSeqno();
                await("the next event, to delete it").ignoreExceptions().until(() ->
                        streams.deleteMessage("ALERTS", streams.getNextMessage("ALERTS", doubled + 1, UPDATED).getSeq()));
            }
        });
        Row row = rounds.alone(sabotage, random);
        assertThat(row.findings().lost()).isEqualTo(1);
        assertThat(row.findings().doubled()).isEqualTo(1);
        assertThat(row.problems()).hasSize(2);
    }
}
