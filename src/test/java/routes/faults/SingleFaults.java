package routes.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each fault alone, under load. {@code -Dekko.faults.only} chooses by name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SingleFaults {

    private final List<Row> rows = new ArrayList<>();
    private Rounds rounds;

    static List<Fault> faults() {
        Pattern only = Pattern.compile(FaultSettings.ONLY);
        return Stream.concat(ApplicationFailures.all().stream(), ServerFailures.all().stream())
                .filter(fault -> only.matcher(fault.name()).find()).toList();
    }

    @BeforeAll
    void world() throws Exception {
        System.out.println("Single faults: -Dekko.faults.seed=" + FaultSettings.SEED);
        rounds = new Rounds(FaultSettings.RATE, 10, 3);
    }

    @AfterAll
    void report() throws IOException {
        if (rounds != null) {
            rounds.close();
            FaultReport.write("single faults", "seed " + FaultSettings.SEED, rounds.before(), rows);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void nothingIsLostOrDoubledWhen(Fault fault) throws Exception {
        Row row = rounds.alone(fault, new Random(FaultSettings.SEED + fault.name().hashCode()));
        System.out.println(row);
        rows.add(row);
        assertThat(row.problems()).isEmpty();
    }
}
