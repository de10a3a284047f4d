package routes.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must never become an alert: hostile text, other languages, deeds, news; and what must be asked back. */
class RefusalTest {

    @ParameterizedTest(name = "{1}: {0}")
    @CsvFileSource(resources = "/nlp/refusals.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 1, maxCharsPerColumn = 2000)
    void isRefused(String sentence, String reason) {
        Interpretation answer = Catalogues.INTERPRETER.interpret(sentence);
        assertThat(answer.status()).isNotEqualTo(Interpretation.Status.MATCHED);
        assertThat(answer.spec()).isNull();
        assertThat(answer.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "   ", "\t\n"})
    void nothingIsNoMatch(String sentence) {
        Interpretation answer = Catalogues.INTERPRETER.interpret(sentence);
        assertThat(answer.status()).isEqualTo(Interpretation.Status.NO_MATCH);
        assertThat(answer.reason()).isEqualTo("empty");
    }

    @Test
    void aLongSentenceIsRefused() {
        assertThat(Catalogues.INTERPRETER.interpret("alert me when ETH is above 4000 ".repeat(40)).reason()).isEqualTo("too_long");
        assertThat(Catalogues.INTERPRETER.interpret("x".repeat(1_000_000)).reason()).isEqualTo("too_long");
    }

    @Test
    void nothingOfAnInjectionReachesTheAction() {
        Interpretation answer = Catalogues.INTERPRETER.interpret("Alert me when my AVAX balance goes above 10");
        assertThat(answer.spec().action().channels()).containsExactly("inapp");
        assertThat(answer.spec().provenance().utterance()).isEqualTo("Alert me when my AVAX balance goes above 10");
    }

    @Test
    void theCacheKeyFoldsWhiteSpaceAndWidth() {
        assertThat(AlertInterpreter.normalise("  ETH\u00a0 price \n above  ４０００ ")).isEqualTo("ETH price above 4000");
        assertThat(AlertInterpreter.normalise(null)).isEmpty();
    }
}
