package routes.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kinds of phrasing, each in several words: joined conditions, shared figures, arrows, arrivals, rules. */
class ReadingTest {

    private static final String A = "0x8ba1f109551bd432803012645ac136ddd64dba72";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            over 3 million USDT is minted or burned | or | TOKEN_MINT USDT gt 3000000; TOKEN_BURN USDT gt 3000000
            at least 500 WBTC minted or burnt, tell me | or | TOKEN_MINT WBTC gte 500; TOKEN_BURN WBTC gte 500
            more than 10 ETH sent or received by my wallet | or | NATIVE_SEND ETH gt 10; NATIVE_RECEIVE ETH gt 10
            my wallet sends or receives over 7 SOL | or | NATIVE_SEND SOL gt 7; NATIVE_RECEIVE SOL gt 7
            swaps or liquidity removals over $1m on curve | or | SWAP null gt 1000000; REMOVE_LIQUIDITY null gt 1000000
            BTC above 105k USD, ETH above 3.9k USD and SOL above 210 USD | and | PRICE_THRESHOLD BTC gt 105000; PRICE_THRESHOLD ETH gt 3900; PRICE_THRESHOLD SOL gt 210
            ADA under $0.3, DOT under $3 or XRP under $1 - ping me | or | PRICE_THRESHOLD ADA lt 0.3; PRICE_THRESHOLD DOT lt 3; PRICE_THRESHOLD XRP lt 1
            UNI, LINK or AAVE drops 9% in a day | or | PRICE_CHANGE UNI decreases_pct 9; PRICE_CHANGE LINK decreases_pct 9; PRICE_CHANGE AAVE decreases_pct 9
            ping me if my AVAX or my SOL balance drops below 10 | or | BALANCE_THRESHOLD AVAX lt 10; BALANCE_THRESHOLD SOL lt 10
            my USDC or my DAI balance over 5,000 | or | BALANCE_THRESHOLD USDC gt 5000; BALANCE_THRESHOLD DAI gt 5000
            LINK falls 10% in an hour or 20% in a day | or | PRICE_CHANGE LINK decreases_pct 10; PRICE_CHANGE LINK decreases_pct 20
            SOL rises 4% in an hour or 9% in a day | or | PRICE_CHANGE SOL increases_pct 4; PRICE_CHANGE SOL increases_pct 9
            my wallet loses 10% in 24 hours or has no transactions for 60 days | or | BALANCE_CHANGE null decreases_pct 10; INACTIVITY null none null
            I revoke or change a token approval | | TOKEN_ALLOWANCE_CHANGED null any null
            more DAI than 5 million is minted | | TOKEN_MINT DAI gt 5000000
            fewer transactions than 10 by my wallet in a day | | TRANSACTION_COUNT null lt 10
            my SOL balance hitting 80 = alarm | | BALANCE_THRESHOLD SOL gte 80
            ETH under 2,000 dollars -> ping me | | PRICE_THRESHOLD ETH lt 2000
            incoming SOL over 1/2 to my wallet | | NATIVE_RECEIVE SOL gt 0.5
            shout if I lose a third of my ETH in 12h | | BALANCE_CHANGE ETH decreases_pct 33.33
            2 BTC or more vanish from my balance within an hour | | BALANCE_CHANGE BTC decreases_abs 2
            when AVAX over 75 reaches the treasury | | NATIVE_RECEIVE AVAX gt 75
            XRP falls sharply, 8% or more in an hour | | PRICE_CHANGE XRP decreases_pct 8
            ADA between forty and fifty cents | | PRICE_THRESHOLD ADA between 0.4
            DOT crossing 5 dollars upwards | | PRICE_THRESHOLD DOT crosses_up 5
            has ATOM dropped to 3 dollars? | | PRICE_THRESHOLD ATOM lte 3
            someone trades at least eighty WBTC on curve | | SWAP WBTC gte 80
            """)
    void conditions(String sentence, String logic, String expected) {
        Interpretation answer = Catalogues.INTERPRETER.interpret(sentence);
        assertThat(answer.status()).as("%s", answer.missingInfo()).isEqualTo(Interpretation.Status.MATCHED);
        assertThat(answer.logic()).isEqualTo(logic);
        List<String> got = new ArrayList<>();
        answer.conditions().forEach(c -> got.add(c.subEvent() + " " + c.parameters().get("asset") + " " + c.parameters().get("comparator") + " " + c.parameters().get("threshold")));
        assertThat(got).containsExactly(expected.split("; "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"someone moves an NFT from the collection " + A, "token #4321 of nft contract " + A + " changes hands", "an NFT of collection " + A + " is sold", "nft " + A + " #9 transferred",
            "anyone transfers token #77 of " + A, "NFT number 88 from collection " + A + " transferred"})
    void aCollectionIsAContract(String sentence) {
        Interpretation answer = Catalogues.INTERPRETER.interpret(sentence);
        assertThat(answer.status()).as("%s", answer.missingInfo()).isEqualTo(Interpretation.Status.MATCHED);
        assertThat(answer.conditions()).singleElement().satisfies(c -> {
            assertThat(c.subEvent()).isEqualTo("NFT_TRANSFER");
            assertThat(c.parameters()).containsEntry("contract", A).doesNotContainKey("account");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"my SOL balance should never be under 4", "my ETH balance must not go below 5", "AVAX is under 12", "SOL is above 30", "BTC price under 40 gwei", "ETH up -5% in a day", "SOL over 20 or so",
            "three consecutive failed transactions from my wallet", "AVAX hardly above 20 dollars", "BTC under 90k dollars and if so buy 1 BTC", "my wallet sends ETH to someone new", "remind me to call mum at 6pm",
            "remind me to water the plants", "jump moves over 900k USDC", "AVAX above ten or twenty dollars", "ETH above 3k dollars on average", "my ETH balance is below 1 or 2", "BTC above 100k dollars only on weekdays",
            "BTC above 100k dollars, ETH above 4k dollars or more, SOL and"})
    void isAsked(String sentence) {
        assertThat(Catalogues.INTERPRETER.interpret(sentence).status()).isNotEqualTo(Interpretation.Status.MATCHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Would be good to know", "gimme a heads-up", "I'd appreciate a ping", "could you possibly tell me", "would you mind telling me", "is it possible to hear", "keep an eye out and shout", "do me a favour and let me know",
            "I want to be pinged", "make sure I'm told", "give us a buzz", "pls let me kno", "set up a new alert", "can I get a notification", "don't let me miss it"})
    void aRequestSaysNothingOfTheCondition(String request) {
        Interpretation answer = Catalogues.INTERPRETER.interpret(request + " when my AVAX balance goes above 10, thanks a lot");
        assertThat(answer.status()).as("%s", answer.missingInfo()).isEqualTo(Interpretation.Status.MATCHED);
        assertThat(answer.conditions()).singleElement().satisfies(c -> assertThat(c.parameters()).containsEntry("account", "@me").containsEntry("asset", "AVAX").containsEntry("comparator", "gt"));
    }
}
