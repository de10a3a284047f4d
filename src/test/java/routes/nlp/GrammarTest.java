package routes.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sentences made by a grammar of the test's own: request x subject x comparator x number x unit, with the parameters that must come out.
 * The seed is fixed, so the table is the same in every run.
 */
class GrammarTest {

    private record Named(String said, String value) {
    }

    private static final String ADDRESS = "0x8Ba1f109551bD432803012645Ac136ddd64DBA72";

    private static final List<String> REQUESTS = List.of("Alert me when ", "let me know if ", "ping me once ", "I want to know when ", "please notify me as soon as ", "wake me up if ", "lmk when ", "");
    private static final List<Named> NUMBERS = List.of(new Named("10", "10"), new Named("1,250", "1250"), new Named("2.5k", "2500"), new Named("fifty", "50"), new Named("a hundred and twenty", "120"),
            new Named("half a million", "500000"), new Named("two and a half million", "2500000"), new Named("a dozen", "12"), new Named("0.75", "0.75"), new Named("3m", "3000000"));
    private static final List<Named> ABOVE = List.of(new Named("goes above ", "gt"), new Named("is more than ", "gt"), new Named("exceeds ", "gt"), new Named("reaches ", "gte"), new Named("is at least ", "gte"),
            new Named("drops below ", "lt"), new Named("is less than ", "lt"), new Named("falls under ", "lt"), new Named("is no longer above ", "lte"), new Named("is at most ", "lte"), new Named("isn't below ", "gte"),
            new Named("is not more than ", "lte"));
    private static final List<Named> NATIVE = List.of(new Named("AVAX", "avalanche"), new Named("ETH", "ethereum"), new Named("SOL", "solana"), new Named("BNB", "bsc"), new Named("ADA", "cardano"), new Named("POL", "polygon"));
    private static final List<String> TOKENS = List.of("USDC", "USDT", "LINK", "UNI", "DAI", "WBTC", "SHIB", "AAVE");
    private static final List<Named> OWNERS = List.of(new Named("my", "@me"), new Named("the treasury's", "label:treasury"), new Named("vitalik.eth's", "vitalik.eth"));
    private static final List<Named> WINDOWS = List.of(new Named("in 24 hours", "PT24H"), new Named("within a week", "P7D"), new Named("in 30 mins", "PT30M"), new Named("over the last hour", "PT1H"), new Named("within three days", "P3D"));
    private static final List<Named> CHANGES = List.of(new Named("drops by ", "decreases_pct"), new Named("gains ", "increases_pct"), new Named("moves ", "changes_pct"), new Named("loses more than ", "decreases_pct"), new Named("is up ", "increases_pct"));
    private static final List<Named> PERCENTS = List.of(new Named("5%", "5"), new Named("7.5 percent", "7.5"), new Named("twelve per cent", "12"), new Named("20 pct", "20"));
    private static final List<Named> CHAINS = List.of(new Named("ethereum", "ethereum"), new Named("avalanche", "avalanche"), new Named("polygon", "polygon"), new Named("arbitrum", "arbitrum"), new Named("bsc", "bsc"), new Named("base", "base"));
    private static final List<Named> PROTOCOLS = List.of(new Named("aave", "aave"), new Named("benqi", "benqi"), new Named("Compound", "compound"), new Named("curve", "curve"), new Named("Trader Joe", "trader joe"), new Named("uniswap v3", "uniswap v3"));

    private final Random random = new Random(20_240_607);
    private final List<Arguments> table = new ArrayList<>();

    static Stream<Arguments> sentences() {
        GrammarTest grammar = new GrammarTest();
        for (int i = 0; i < 40; i++) {
            grammar.balances();
            grammar.prices();
            grammar.changes();
            grammar.flows();
            grammar.tokens();
            grammar.gas();
            grammar.defi();
            grammar.counts();
        }
        return grammar.table.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sentences")
    void everySlotIsRight(String sentence, String subEvent, Map<String, String> expected) {
        Interpretation answer = Catalogues.INTERPRETER.interpret(sentence);
        assertThat(answer.status()).as("%s", answer.missingInfo()).isEqualTo(Interpretation.Status.MATCHED);
        assertThat(answer.conditions()).singleElement().extracting(Condition::subEvent).isEqualTo(subEvent);
        Map<String, Object> parameters = answer.conditions().get(0).parameters();
        expected.forEach((slot, value) -> {
            if (value == null) {
                assertThat(parameters).doesNotContainKey(slot);
            } else if (slot.equals("threshold")) {
                assertThat(new BigDecimal(parameters.get(slot).toString())).isEqualByComparingTo(value);
            } else {
                assertThat(parameters).containsEntry(slot, value);
            }
        });
        assertThat(answer.spec()).isNotNull();
        assertThat(answer.confidence()).isGreaterThanOrEqualTo(0.8);
    }

    private void balances() {
        Named asset = any(NATIVE);
        Named owner = any(OWNERS);
        Named op = any(ABOVE);
        Named number = any(NUMBERS);
        add(owner.said + " " + asset.said + " balance " + op.said + number.said, "BALANCE_THRESHOLD",
                "asset", asset.said, "chain", asset.value, "account", owner.value, "comparator", op.value, "threshold", number.value, "unit", asset.said);
    }

    private void prices() {
        String asset = any(TOKENS);
        Named op = any(ABOVE);
        Named number = any(NUMBERS);
        String money = random.nextBoolean() ? number.said + " dollars" : number.said + " USD";
        add("the " + asset + " price " + op.said + money, "PRICE_THRESHOLD", "asset", asset, "comparator", op.value, "threshold", number.value, "unit", "USD", "chain", null, "account", null);
    }

    private void changes() {
        Named asset = any(NATIVE);
        Named change = any(CHANGES);
        Named percent = any(PERCENTS);
        Named window = any(WINDOWS);
        add(asset.said + " " + change.said + percent.said + " " + window.said, "PRICE_CHANGE", "asset", asset.said, "comparator", change.value, "threshold", percent.value, "unit", "percent", "window", window.value);
    }

    private void flows() {
        Named asset = any(NATIVE);
        Named number = any(NUMBERS);
        boolean out = random.nextBoolean();
        String verb = out ? any(List.of("sends", "transfers", "moves", "withdraws")) : any(List.of("receives", "gets"));
        add("wallet " + ADDRESS + " " + verb + " more than " + number.said + " " + asset.said, out ? "NATIVE_SEND" : "NATIVE_RECEIVE",
                "asset", asset.said, "chain", asset.value, "account", ADDRESS.toLowerCase(), "comparator", "gt", "threshold", number.value, "unit", asset.said, "direction", out ? "out" : "in");
    }

    private void tokens() {
        String asset = any(TOKENS);
        Named number = any(NUMBERS);
        Named verb = any(List.of(new Named("minted", "TOKEN_MINT"), new Named("burned", "TOKEN_BURN"), new Named("destroyed", "TOKEN_BURN"), new Named("transferred", "TOKEN_TRANSFER"), new Named("sent to binance", "TOKEN_TRANSFER")));
        add("at least " + number.said + " " + asset + " is " + verb.said, verb.value, "asset", asset, "comparator", "gte", "threshold", number.value, "unit", asset);
    }

    private void gas() {
        Named chain = any(CHAINS);
        Named op = any(ABOVE);
        add("gas on " + chain.said + " " + op.said + "25 gwei", "GAS_PRICE_THRESHOLD", "chain", chain.value, "comparator", op.value, "threshold", "25", "unit", "gwei");
    }

    private void defi() {
        Named protocol = any(PROTOCOLS);
        Named number = any(NUMBERS);
        Named what = any(List.of(new Named("swaps", "SWAP"), new Named("borrows", "BORROW"), new Named("adds liquidity of", "ADD_LIQUIDITY"), new Named("removes liquidity of", "REMOVE_LIQUIDITY")));
        add("someone " + what.said + " over " + number.said + " dollars on " + protocol.said, what.value, "protocol", protocol.value, "comparator", "gt", "threshold", number.value, "unit", "USD");
    }

    private void counts() {
        Named owner = any(List.of(new Named("my wallet", "@me"), new Named("kraken", "label:kraken"), new Named(ADDRESS, ADDRESS.toLowerCase())));
        Named window = any(WINDOWS);
        add(owner.said + " makes more than 15 transactions " + window.said, "TRANSACTION_COUNT", "account", owner.value, "comparator", "gt", "threshold", "15", "unit", "count", "window", window.value);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void add(String sentence, String subEvent, String... slots) {
        Map<String, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < slots.length; i += 2) {
            expected.put(slots[i], slots[i + 1]);
        }
        table.add(Arguments.of(any(REQUESTS) + sentence, subEvent, expected));
    }
}
