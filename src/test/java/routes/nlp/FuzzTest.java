package routes.nlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/** Random and mutated sentences: no exception, no slow parse, no specification without a match. */
class FuzzTest {

    private static final long SEED = 7_316_205L;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int SENTENCES = 100_000;
    private static final int WARM_UP = 5_000;
    private static final long LIMIT_NANOS = 50_000_000L;

    private static final List<String> SEEDS = List.of(
            "Alert me when my AVAX balance goes above 10", "tell me if BTC goes over 120k or under 80k", "ping me if 0xde709f2102306220921060314715629080e2fb77 sends more than 100 AVAX to binance",
            "Notify when at least $3m of liquidity is added to the AVAX/USDC pool on Trader Joe", "wake me when polygon gas has been over 200 gwei for 10 minutes straight",
            "let me know if 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed logs VoteCast more than 20 times an hour", "a hundred and fifty two and a half million point five and a half");
    private static final String STRAY = "0123456789abcxyzETH $%.,;:'\"()[]{}<>#@!?/\\|-+=~^*&_\u0000\u0007\u200b\u202e\u00bd\u0430\u4e2d\ud83d\ude80\u0301 \n\t";

    private static final List<String> WORDS = Vocabulary.load().lexicon().vocabulary().stream().sorted().toList();

    private record Answer(String sentence, long nanos) {
    }

    @Test
    void neverThrowsAndNeverTakesLong() {
        IntStream.range(0, WARM_UP).parallel().forEach(FuzzTest::answer);
        List<Answer> answers = IntStream.range(WARM_UP, SENTENCES).parallel().mapToObj(FuzzTest::answer).toList();
        Answer slowest = Collections.max(answers, Comparator.comparingLong(Answer::nanos));
        System.out.printf("fuzz: seed %d, %d sentences, slowest %.1f ms of processor time: %.80s%n", SEED, SENTENCES, slowest.nanos() / 1e6, slowest.sentence().replaceAll("\\s", " "));
        assertThat(answers).filteredOn(answer -> answer.nanos() > LIMIT_NANOS).isEmpty();
    }

    /** @param number of the sentence: each has a random generator of its own, so that a number that fails can be tried alone */
    private static Answer answer(int number) {
        String sentence = sentence(number, new SplittableRandom(SEED + number));
        // The processor time of this thread: on a busy machine the clock also counts what others do.
        long start = THREADS.getCurrentThreadCpuTime();
        Interpretation answer = Catalogues.INTERPRETER.interpret(sentence);
        long took = THREADS.getCurrentThreadCpuTime() - start;
        if ((answer.spec() != null) != (answer.status() == Interpretation.Status.MATCHED)) {
            fail("seed %d, sentence %d: %s", SEED, number, sentence);
        }
        return new Answer(sentence, took);
    }

    private static String sentence(int number, RandomGenerator random) {
        return switch (number % 4) {
            case 0 -> salad(random);
            case 1 -> mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
            case 2 -> noise(random);
            default -> repeated(random);
        };
    }

    private static String salad(RandomGenerator random) {
        StringBuilder salad = new StringBuilder();
        for (int i = random.nextInt(25); i >= 0; i--) {
            salad.append(random.nextInt(6) == 0 ? String.valueOf(random.nextInt(100_000)) : WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        return salad.toString();
    }

    private static String mutated(String sentence, RandomGenerator random) {
        StringBuilder mutant = new StringBuilder(sentence);
        for (int i = random.nextInt(8); i >= 0; i--) {
            int at = random.nextInt(mutant.length());
            switch (random.nextInt(4)) {
                case 0 -> mutant.deleteCharAt(at).append('x');
                case 1 -> mutant.insert(at, STRAY.charAt(random.nextInt(STRAY.length())));
                case 2 -> mutant.setCharAt(at, STRAY.charAt(random.nextInt(STRAY.length())));
                default -> mutant.append(mutant, at, Math.min(mutant.length(), at + random.nextInt(40)));
            }
        }
        return mutant.toString();
    }

    private static String noise(RandomGenerator random) {
        StringBuilder noise = new StringBuilder();
        for (int i = random.nextInt(500); i >= 0; i--) {
            noise.append(random.nextInt(3) == 0 ? (char) random.nextInt(0xFFFF) : STRAY.charAt(random.nextInt(STRAY.length())));
        }
        return noise.toString();
    }

    private static String repeated(RandomGenerator random) {
        String unit = switch (random.nextInt(6)) {
            case 0 -> "(";
            case 1 -> "1,";
            case 2 -> "not ";
            case 3 -> "0x";
            case 4 -> "a half and ";
            default -> WORDS.get(random.nextInt(WORDS.size())) + (random.nextBoolean() ? " " : " or ");
        };
        return unit.repeat(1 + random.nextInt(499 / unit.length() + 1));
    }
}
