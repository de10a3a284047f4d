package routes.nlp;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A clause with its comparison, its parties and its features: the words that template patterns are written in (docs/language.md lists
 * them). Where the clause says too little by itself, the marks it inherits take part.
 */
final class ClauseReading {

    private static final BigDecimal TWELVE = BigDecimal.valueOf(12);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final Set<String> SUBJECT = Set.of("i'm", "im", "i am", "we're", "i've", "ive");
    private static final Pattern OWNER = Pattern.compile("i have|i've|ive|we have|we've|my.*|mine|ours?|users?|user's");
    private static final Set<String> STATIC_VERBS = Set.of("is", "are", "it's", "be", "stays", "stay", "remains", "sits", "gets", "get");

    private final Vocabulary vocabulary;
    private final List<Mark> own;
    private final List<Mark> lent;
    private final Comparison comparison;
    private final Parties parties;
    private final Set<String> features = new HashSet<>();

    /**
     * @param own  the clause's marks
     * @param lent marks of its neighbour that complete it; empty where the clause stands by itself
     * @param near marks its pronouns may refer to
     */
    ClauseReading(Vocabulary vocabulary, List<Mark> own, List<Mark> lent, List<Mark> near) {
        this.vocabulary = vocabulary;
        this.own = own;
        this.lent = lent.stream().filter(mark -> isLent(mark, own)).toList();
        List<Mark> marks = all();
        comparison = ComparisonReader.read(marks);
        Parties mine = Parties.read(own, near);
        parties = mine.all().isEmpty() && !lent.isEmpty() ? Parties.read(marks, near) : mine;
        collectFeatures(marks);
    }

    List<Mark> own() {
        return own;
    }

    List<Mark> all() {
        List<Mark> marks = new ArrayList<>(lent);
        marks.addAll(own);
        return marks;
    }

    Comparison comparison() {
        return comparison;
    }

    Parties parties() {
        return parties;
    }

    Set<String> features() {
        return features;
    }

    boolean has(String feature) {
        return features.contains(feature);
    }

    /** Tickers the clause names, the unit of its figure first. */
    List<String> assets() {
        List<String> tickers = new ArrayList<>();
        Quantity figure = comparison.quantity();
        if (figure != null && figure.is(Quantity.Type.ASSET)) {
            tickers.add(assetOfUnit(figure.unit()));
        }
        all().stream().filter(m -> m.is(Kind.ASSET)).map(m -> m.value(Kind.ASSET)).filter(t -> !tickers.contains(t)).forEach(tickers::add);
        return tickers;
    }

    /** The asset a unit belongs to: sats are bitcoin. */
    static String assetOfUnit(String unit) {
        return switch (unit) {
            case "sats" -> "BTC";
            case "finney" -> "ETH";
            case "lamports" -> "SOL";
            case "navax" -> "AVAX";
            default -> unit;
        };
    }

    /** What an elliptic clause takes over: words and names of kinds it lacks, never figures, windows or negations. */
    private static boolean isLent(Mark mark, List<Mark> own) {
        if (mark.is(Kind.ASSET) || mark.is(Kind.PAIR)) {
            return own.stream().noneMatch(m -> m.is(Kind.ASSET) || m.is(Kind.PAIR));
        }
        if (mark.is(Kind.CONCEPT)) {
            return own.stream().noneMatch(m -> m.is(Kind.CONCEPT) && m.senses().equals(mark.senses())) && !mark.is(Kind.TREND) && !mark.is(Kind.COMPARATOR);
        }
        if (mark.is(Kind.TREND) || mark.is(Kind.COMPARATOR)) {
            // "drops 10 % in an hour or 20 % in a day", "BTC above 100k or ETH 4k".
            boolean told = own.stream().anyMatch(m -> m.is(Kind.ASSET) || m.is(Kind.PAIR) || m.isParty() || m.is(Kind.PROTOCOL) || m.is(Kind.WINDOW) || m.is(Kind.QUANTITY) && m.quantity().is(Quantity.Type.ASSET));
            return told && own.stream().anyMatch(m -> m.is(Kind.QUANTITY)) && own.stream().noneMatch(m -> m.is(Kind.TREND) || m.is(Kind.COMPARATOR) || m.is(Kind.POSTFIX) || m.is(Kind.MULTIPLE));
        }
        for (Kind kind : List.of(Kind.CHAIN, Kind.PROTOCOL, Kind.COLLECTION, Kind.SIGNATURE)) {
            if (mark.is(kind)) {
                return own.stream().noneMatch(m -> m.is(kind));
            }
        }
        return mark.isParty() && own.stream().noneMatch(Mark::isParty) || mark.is(Kind.PREPOSITION) || mark.is(Kind.NOUN) || mark.is(Kind.PRIVILEGE) || mark.is(Kind.CURRENCY);
    }

    private void collectFeatures(List<Mark> marks) {
        for (Mark mark : marks) {
            for (Sense sense : mark.senses()) {
                switch (sense.kind()) {
                    case CONCEPT -> {
                        if (!isAuxiliary(mark, marks)) {
                            features.add(sense.value());
                        }
                    }
                    case NOUN -> features.add(sense.value().equals("token") ? "token_noun" : sense.value());
                    case TREND -> features.add("trend_" + sense.value());
                    case PARTY -> {
                        features.add(sense.value());
                        if (isOwned(mark, marks)) {
                            features.add("mine");
                        }
                    }
                    case CHAIN, PROTOCOL, LABEL, COLLECTION, ADDRESS, SIGNATURE, TOKEN_ID, PAIR, PRIVILEGE, VAGUE, WINDOW, MULTIPLE -> features.add(sense.kind().name().toLowerCase(Locale.ROOT));
                    default -> { }
                }
            }
        }
        if (own.stream().anyMatch(ClauseReading::isEvent) || lent.stream().anyMatch(ClauseReading::isEvent)) {
            features.add("event");
        }
        if (!parties.all().isEmpty()) {
            features.add("party");
        }
        if (parties.direction() != null) {
            features.add("flow_" + parties.direction());
        }
        if (isAbsence()) {
            features.add("absence");
        }
        assetFeatures();
        figureFeatures();
    }

    /** "my AVAX", "once I'm over 10 AVAX": something of the user's; a bare "I" may belong to the asking. */
    private static boolean isOwned(Mark mark, List<Mark> marks) {
        if (!mark.is(Kind.PARTY, "me")) {
            return false;
        }
        int next = marks.indexOf(mark) + 1;
        boolean stands = SUBJECT.contains(mark.text()) && next < marks.size() && (marks.get(next).is(Kind.COMPARATOR) || marks.get(next).is(Kind.TREND));
        return stands || OWNER.matcher(mark.text()).matches();
    }

    /** "has dropped", "have received", "gets below": the auxiliary neither holds nor receives anything. */
    private static boolean isAuxiliary(Mark mark, List<Mark> marks) {
        boolean has = mark.is(Kind.CONCEPT, "hold") && mark.text().matches("has|have|had|having|i've");
        boolean gets = mark.is(Kind.CONCEPT, "get");
        if (!has && !gets) {
            return false;
        }
        List<Mark> behind = marks.subList(marks.indexOf(mark) + 1, marks.size());
        boolean question = has && marks.subList(0, marks.indexOf(mark)).stream().allMatch(m -> m.isSilent() || m.is(Kind.PUNCTUATION));
        Mark asked = behind.stream().filter(m -> !m.isSilent()).findFirst().orElse(null);
        boolean named = asked != null && (asked.is(Kind.ASSET) || asked.isParty() || asked.is(Kind.PROTOCOL));
        if (question && behind.stream().anyMatch(m -> named && m.is(Kind.COMPARATOR) && !m.is(Kind.FILLER) && !m.text().matches("more than|less than|over|under|at least|at most|fewer than") || m.is(Kind.TREND) || m.is(Kind.MULTIPLE) || isEvent(m) || m.is(Kind.CONCEPT, "idle"))) {
            return true;
        }
        for (Mark next : behind) {
            if (!next.isSilent()) {
                boolean level = gets && next.is(Kind.COMPARATOR) && next.text().matches("above|below|under|past|beyond|beneath|underneath|outside|inside|between|lower than|higher than|north of|south of");
                boolean event = next.is(Kind.CONCEPT) && !next.is(Kind.CONCEPT, "balance") && !next.is(Kind.CONCEPT, "any") && !next.is(Kind.CONCEPT, "nft");
                return level || next.is(Kind.TREND) || event || gets && (next.is(Kind.VAGUE) || next.is(Kind.PREPOSITION) && !next.is(Kind.PREPOSITION, "to"));
            }
        }
        return gets;
    }

    /** Whether a mark is nothing but a word for an event; "drops", "leaves" and "trades at" may be about a level. */
    private static boolean isEvent(Mark mark) {
        return mark.senses().stream().anyMatch(s -> s.kind() == Kind.CONCEPT && ClauseSplitter.EVENTS.contains(s.value()))
                && !mark.is(Kind.TREND) && !mark.is(Kind.COMPARATOR) && !mark.is(Kind.CONCEPT, "price");
    }

    private void assetFeatures() {
        List<String> tickers = assets();
        if (!tickers.isEmpty()) {
            features.add("asset");
            Vocabulary.Asset asset = vocabulary.asset(tickers.get(0));
            features.add(asset != null && asset.nativeChain() != null ? "native" : "token");
        }
    }

    private void figureFeatures() {
        Quantity figure = comparison.quantity();
        if (figure == null) {
            return;
        }
        features.add("figure");
        features.add(switch (figure.type()) {
            case BARE -> "number";
            case ASSET -> "asset_amount";
            case GAS -> "gas_unit";
            case BLOCK -> "block_unit";
            default -> figure.type().name().toLowerCase(Locale.ROOT);
        });
        if (figure.is(Quantity.Type.BARE) || figure.is(Quantity.Type.ASSET) || figure.is(Quantity.Type.CURRENCY)) {
            features.add("amount");
        }
        features.add(comparison.change() ? "change" : "level");
        if (isShare()) {
            features.add("share");
        }
        if (comparison.op() != null) {
            features.add("compared");
        }
        if (figure.is(Quantity.Type.BARE) && isPriceLike(figure)) {
            features.add("price_like");
        }
    }

    /** "a third of my ETH", "10 % of its USDC": a part of what somebody has. */
    private boolean isShare() {
        List<Mark> marks = all();
        for (int i = 0; i + 2 < marks.size(); i++) {
            if (marks.get(i).quantity() == comparison.quantity() && marks.get(i + 1).text().equals("of")) {
                return marks.get(i + 2).is(Kind.PARTY) || marks.get(i + 2).is(Kind.FILLER);
            }
        }
        return false;
    }

    /**
     * Whether a bare figure can only sensibly be a price of the asset: within a factor of twelve of its usual price, and either said of
     * something that moves ("hits 100k") or too large to be a gas price or a usual balance.
     */
    private boolean isPriceLike(Quantity figure) {
        List<String> tickers = assets();
        if (tickers.isEmpty()) {
            return false;
        }
        Vocabulary.Asset asset = vocabulary.asset(tickers.get(0));
        boolean usual = asset == null || asset.usualPrice() == null
                || figure.low().compareTo(asset.usualPrice().multiply(TWELVE)) <= 0 && figure.low().multiply(TWELVE).compareTo(asset.usualPrice()) >= 0;
        boolean still = all().stream().anyMatch(m -> (m.is(Kind.FILLER) || m.is(Kind.COMPARATOR)) && STATIC_VERBS.contains(m.text().split(" ")[0]));
        boolean small = figure.low().compareTo(BigDecimal.ONE) < 0;
        return usual && (!still || figure.low().compareTo(THOUSAND) >= 0 || small);
    }

    /** A negation that turns no comparator round denies the event itself ("hasn't sent anything"). */
    private boolean isAbsence() {
        return comparison.quantity() == null && own.stream().anyMatch(m -> m.is(Kind.NEGATION) && !comparison.used().contains(m));
    }
}
