package routes.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures that are no threshold: times of the day, dates, rhythms, heads, prices of an event; each beside the sentences where the same words lead to one. */
class FigureTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Let me know at 9 what ETH costs | at 9
            Let me know every day at 9 what ETH costs | at 9
            tell me the price of ETH at 9 | at 9
            tell me the ETH price at 1800 | at 1800
            tell me at 0900 what ETH costs | at 0900
            tell me, if possible, the ETH price at 9 | at 9
            when gas on ethereum is below 20 gwei tell me the ETH price at 9 | at 9
            what does ETH cost at nine | at nine
            every day at 9 tell me the ETH price | at 9
            notify me of the AVAX price at 18 | at 18
            ping me at 6 with the gas price on ethereum | at 6
            gas on ethereum at 9, let me know | at 9
            report my AVAX balance at 12 | at 12
            let me know the health factor of my aave position at 8 | at 8
            ETH price at 9 | at 9
            tell me the ETH price at 9am | at 9am
            daily 9am ETH price | 9am
            let me know at 9 if my wallet sends AVAX | at 9
            tell me if my wallet sends AVAX at 8 AM | at 8 am
            tell me at 14:30 if my wallet sends AVAX | at 14:30
            tell me at 21h if gas on ethereum is above 50 gwei | at 21 h
            tell me by 9 if my wallet sends AVAX | by 9
            tell me from 9 if my wallet sends AVAX | from 9
            tell me on 5 May if my wallet receives AVAX | on 5
            ownership of 0x8ba1f109551bd432803012645ac136ddd64dba72 is renounced on May 5 | may 5
            a transaction of my wallet fails in 2026 | in 2026
            tell me if my wallet sends AVAX on day 3 | day 3
            """)
    void aTimeIsNoThreshold(String sentence, String time) {
        assertAsked(sentence, time);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alert me when 3 wallets buy PEPE | 3 wallets
            alert me when more than 3 wallets buy PEPE | 3 wallets
            alert me when three or more new wallets buy PEPE | three wallets
            alert me when between 5 and 10 wallets buy PEPE | 5-10 wallets
            alert me when PEPE is bought by 3 wallets | 3 wallets
            alert me when the top 10 holders sell PEPE | 10 holders
            tell me when 3 PEPE holders sell PEPE | 3 pepe holders
            alert me when 5 addresses send ETH | 5 addresses
            tell me when 3 binance wallets send ETH | 3 wallets
            tell me when two of my wallets send AVAX | two wallets
            tell me when my 2 wallets send AVAX | 2 wallets
            tell me when AVAX is sent to 10 addresses | 10 addresses
            alert me when at least 20 accounts receive USDC | 20 accounts
            alert me when 3 traders buy PEPE on uniswap | 3 traders
            alert me when 100 users borrow USDC on aave | 100 users
            alert me when 3 people transfer USDT | 3 people
            alert me when 10 whales sell LINK | 10 whales
            alert me when 3 pools add liquidity of AVAX | 3 pools
            tell me when 3 AVAX positions are liquidated on aave | 3 avax positions
            """)
    void aHeadcountIsNoAmount(String sentence, String heads) {
        assertAsked(sentence, heads);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Let me know every day at 9 what ETH costs | every day
            tell me every day if ETH is above 4000 dollars | every day
            tell me every day if ETH moves 5% | every day
            every day tell me if ETH moves 5% | every day
            my AVAX balance is below 5 each week | each week
            tell me daily if ETH is above 4000 dollars | daily
            tell me every 5 minutes if gas on ethereum is above 50 gwei | every 5 minutes
            """)
    void aRhythmIsNoWindow(String sentence, String rhythm) {
        assertAsked(sentence, rhythm);
        assertThat(Catalogues.INTERPRETER.interpret(sentence).conditions()).noneMatch(c -> c.parameters().containsKey("window"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tell me when my wallet sends AVAX at 9", "tell me when my wallet sends AVAX at 100", "tell me when someone sells AVAX at 50 dollars on trader joe", "alert me when USDC is minted at 12",
            "someone swaps PEPE on uniswap 3", "alert me when 3 wallet buy PEPE", "tell me when deposit() of 0x8ba1f109551bd432803012645ac136ddd64dba72 is called at 9"})
    void aFigureBesideAnEventIsNoAmount(String sentence) {
        Interpretation answer = Catalogues.INTERPRETER.interpret(sentence);
        assertThat(answer.status()).isEqualTo(Interpretation.Status.NEEDS_CLARIFICATION);
        assertThat(answer.missingInfo()).contains(new MissingInfo("ambiguous_metric", "threshold", List.of("amount", "price", "time")));
        assertThat(answer.conditions()).noneMatch(c -> c.parameters().containsKey("threshold"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tell me if ETH price falls at 9", "tell me if gas on ethereum changes at 9", "notify me when AVAX hits 10 wallets"})
    void isAsked(String sentence) {
        assertThat(Catalogues.INTERPRETER.interpret(sentence).status()).isEqualTo(Interpretation.Status.NEEDS_CLARIFICATION);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            BTC at 100k, tell me | PRICE_THRESHOLD BTC gte 100000 null
            alert: AVAX at 23 | PRICE_THRESHOLD AVAX gte 23 null
            price alert for LINK at 15 | PRICE_THRESHOLD LINK gte 15 null
            set an alert for ETH at 4000 | PRICE_THRESHOLD ETH gte 4000 null
            tell me when LINK at 15 | PRICE_THRESHOLD LINK gte 15 null
            wake me when the price of LINK at 15 | PRICE_THRESHOLD LINK gte 15 null
            DOGE at 50 cents | PRICE_THRESHOLD DOGE gte 0.5 null
            tell me if the ETH price is at 4000 or more | PRICE_THRESHOLD ETH gte 4000 null
            AVAX price at 9 or lower | PRICE_THRESHOLD AVAX lte 9 null
            my AVAX wallet balance, alert at 9 or lower | BALANCE_THRESHOLD AVAX lte 9 null
            gas on ethereum at 9 gwei | GAS_PRICE_THRESHOLD null gte 9 null
            tell me when bitcoin block height at 900000 | BLOCK_PRODUCED null gte 900000 null
            let me know what happens when ETH hits 4000 | PRICE_THRESHOLD ETH gte 4000 null
            tell me when my AVAX balance grows by 9 in a day | BALANCE_CHANGE AVAX increases_abs 9 PT24H
            let me know the moment the ETH price at 4000 | PRICE_THRESHOLD ETH gte 4000 null
            AVAX transfers of 500 | TOKEN_TRANSFER AVAX gte 500 null
            USDC mint 1m | TOKEN_MINT USDC gte 1000000 null
            AVAX balance under 10 wallet 0x8ba1f109551bd432803012645ac136ddd64dba72 | BALANCE_THRESHOLD AVAX lt 10 null
            AVAX balance under 10 my wallets | BALANCE_THRESHOLD AVAX lt 10 null
            my wallet sends 5 AVAX | NATIVE_SEND AVAX gte 5 null
            tell me when a wallet buys 3 PEPE | SWAP PEPE gte 3 null
            tell me when traders buy 300 PEPE on uniswap | SWAP PEPE gte 300 null
            tell me when one of my wallets sends AVAX | NATIVE_SEND AVAX any null null
            tell me when 5 ETH leaves wallet 0x8ba1f109551bd432803012645ac136ddd64dba72 | NATIVE_SEND ETH gte 5 null
            alert me when 5 validators are slashed on ethereum | VALIDATOR_SLASHED null gte 5 null
            tell me when 3 swaps of PEPE happen on uniswap in an hour | SWAP PEPE gte 3 PT1H
            tell me when 3 transactions leave my wallet in an hour | TRANSACTION_COUNT null gte 3 PT1H
            tell me if ETH moves 5% every hour | PRICE_CHANGE ETH changes_pct 5 PT1H
            ETH drops 5% daily | PRICE_CHANGE ETH decreases_pct 5 PT24H
            my wallet makes more than 20 transactions every day | TRANSACTION_COUNT null gt 20 PT24H
            """)
    void theSameWordsLeadToAThreshold(String sentence, String expected) {
        Interpretation answer = Catalogues.INTERPRETER.interpret(sentence);
        assertThat(answer.status()).as("%s", answer.missingInfo()).isEqualTo(Interpretation.Status.MATCHED);
        assertThat(answer.conditions()).singleElement().extracting(c -> String.join(" ", c.subEvent(), slot(c, "asset"), slot(c, "comparator"), slot(c, "threshold"), slot(c, "window"))).isEqualTo(expected);
    }

    private static String slot(Condition condition, String name) {
        return String.valueOf(condition.parameters().get(name));
    }

    private static void assertAsked(String sentence, String words) {
        Interpretation answer = Catalogues.INTERPRETER.interpret(sentence);
        assertThat(answer.status()).isEqualTo(Interpretation.Status.NEEDS_CLARIFICATION);
        assertThat(answer.spec()).isNull();
        assertThat(answer.missingInfo()).anySatisfy(question -> {
            assertThat(question.code()).isEqualTo("unparsed_residue");
            assertThat(question.options()).contains(words);
        });
    }
}
