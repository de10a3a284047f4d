package routes.nlp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds how many take part: "3 wallets", "3 or more new wallets", "5 of my accounts", "3 PEPE holders". No alert counts heads, and none is an amount of the asset. */
final class HeadcountReader {

    /** Words that may stand between the figure and those it counts. */
    private static final Set<String> BETWEEN = Set.of("of", "the", "these", "those", "new", "other", "own", "single", "individual", "certain", "particular", "specific");
    private static final Pattern PLURAL = Pattern.compile(".*[^s']s'?|people");
    private static final Set<String> HEADS = Set.of("whales", "folks", "guys", "liquidators", "spenders");

    private HeadcountReader() {
    }

    /** The marks with every figure that counts heads turned into one that no template explains, so that it is asked about. */
    static List<Mark> read(List<Mark> marks) {
        List<Mark> read = new ArrayList<>(marks);
        for (int i = 0; i < read.size(); i++) {
            Mark mark = read.get(i);
            Mark heads = mark.is(Kind.QUANTITY) ? heads(read, i) : null;
            if (heads != null) {
                read.set(i, Mark.of(Kind.EXCLUSION, "headcount", mark.text() + " " + heads.text(), mark.start(), mark.end()));
            }
        }
        return read;
    }

    private static Mark heads(List<Mark> marks, int figureAt) {
        Quantity figure = marks.get(figureAt).quantity();
        boolean counts = figure.is(Quantity.Type.BARE) || figure.is(Quantity.Type.ASSET);
        for (int i = figureAt + 1; counts && i < marks.size(); i++) {
            if (isHead(marks.get(i))) {
                return marks.get(i);
            }
            if (!isBetween(marks, i)) {
                return null;
            }
        }
        return null;
    }

    private static boolean isHead(Mark mark) {
        boolean named = mark.is(Kind.NOUN, "wallet") || mark.is(Kind.NOUN, "contract") || mark.is(Kind.NOUN, "position") || mark.is(Kind.PARTY, "someone");
        return (named || HEADS.contains(mark.text())) && PLURAL.matcher(mark.text()).matches();
    }

    private static boolean isBetween(List<Mark> marks, int at) {
        Mark mark = marks.get(at);
        // "3 of my wallets"; in "AVAX below 10, my wallets" they are no heads.
        boolean owner = mark.is(Kind.PARTY, "me") && marks.get(at - 1).text().equals("of");
        return owner || BETWEEN.contains(mark.text()) || mark.is(Kind.POSTFIX) || mark.is(Kind.CONCEPT, "whale") || mark.is(Kind.LABEL) || mark.is(Kind.CHAIN) || mark.is(Kind.ASSET)
                || mark.is(Kind.PROTOCOL);
    }
}
