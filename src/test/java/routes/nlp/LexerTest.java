package routes.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexerTest {

    private static final NumberReader NUMBERS = new NumberReader();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,000 | 1000
            12,345,678.90 | 12345678.9
            1 000 000 | 1000000
            1_000 | 1000
            1'250'000.5 | 1250000.5
            2.5k | 2500
            .085 | 0.085
            3m | 3000000
            3bn | 3000000000
            1.2 million | 1200000
            7e3 | 7000
            1/4 | 0.25
            2 1/2 | 2.5
            fifty | 50
            forty-two | 42
            a hundred and fifty | 150
            two hundred and fifty thousand | 250000
            one thousand two hundred | 1200
            two and a half million | 2500000
            a million and a half | 1500000
            half a million | 500000
            a quarter of a million | 250000
            three quarters of a million | 750000
            a dozen | 12
            two dozen | 24
            a couple of thousand | 2000
            one point five million | 1500000
            fifty k | 50000
            a quarter | 0.25
            a fifth | 0.2
            two thirds | 0.666666666666
            ten grand | 10000
            hundred thousand | 100000
            """)
    void numbers(String text, String value) {
        var tokens = Lexer.tokens(text);
        var reading = NUMBERS.read(tokens, 0);
        assertThat(reading.value()).isEqualByComparingTo(value);
        assertThat(reading.length()).as("tokens read").isEqualTo(tokens.size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0x52908400098527886E0F7030069857D2E4169EE7 | ADDRESS
            0x52908400098527886E0F7030069857D2E4169E | PARTIAL_ADDRESS
            0x5290...9EE7 | PARTIAL_ADDRESS
            0x5290…9EE7 | PARTIAL_ADDRESS
            7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV | ADDRESS
            vitalik.eth | NAME
            harvest() | SIGNATURE
            transfer(address,uint256) | SIGNATURE
            $WIF | CASHTAG
            1,5 | STRANGE
            1.000.000 | STRANGE
            isn't | WORD
            >= | SYMBOL
            """)
    void shapes(String text, Token.Type type) {
        assertThat(Lexer.tokens(text)).singleElement().extracting(Token::type).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            in 24 hours | PT24H
            within 24h | PT24H
            in a day | PT24H
            in an hour | PT1H
            in half an hour | PT30M
            over the last 30 mins | PT30M
            in 10m | PT10M
            in two and a half hours | PT2H30M
            within a week | P7D
            in a fortnight | P14D
            since yesterday | PT24H
            overnight | PT12H
            in 90 seconds | PT1M30S
            within 3 days | P3D
            in an hour and a half | PT1H30M
            in 2 days and 12 hours | PT60H
            within a week's time | P7D
            within a month, say 30 days | P30D
            in the course of a day | PT24H
            for a whole week | P7D
            """)
    void windows(String text, String iso) {
        var answer = Catalogues.INTERPRETER.interpret("BTC drops 5% " + text);
        assertThat(answer.status()).isEqualTo(Interpretation.Status.MATCHED);
        assertThat(answer.conditions().get(0).parameters()).containsEntry("window", iso);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $4,000 | 4000 | USD
            4k dollars | 4000 | USD
            4000 bucks | 4000 | USD
            €3.500,5 | |
            £3000 | 3000 | GBP
            3500 euros | 3500 | EUR
            USD 4100 | 4100 | USD
            four thousand us dollars | 4000 | USD
            450,000 cents | 4500 | USD
            half a million dollars | 500000 | USD
            four thousand dollars and fifty cents | 4000.5 | USD
            two thousand dollars fifty | 2000.5 | USD
            60c | 0.6 | USD
            -$5 | |
            -5 dollars | |
            """)
    void prices(String text, String threshold, String unit) {
        var answer = Catalogues.INTERPRETER.interpret("ETH price above " + text);
        if (threshold == null) {
            assertThat(answer.status()).isNotEqualTo(Interpretation.Status.MATCHED);
        } else {
            assertThat(answer.status()).isEqualTo(Interpretation.Status.MATCHED);
            assertThat(answer.conditions().get(0).parameters().get("threshold").toString()).isEqualTo(threshold);
            assertThat(answer.conditions().get(0).parameters()).containsEntry("unit", unit);
        }
    }
}
