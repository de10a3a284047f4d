package routes.nlp;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Joins numbers and the units around them into quantities and windows: "$3m", "500 USD", "half an ETH", "5 %", "24 hours", "an hour",
 * "3 times", "a dozen outgoing AVAX transfers". What follows a number without being its unit stays a mark of its own.
 */
final class UnitReader {

    private static final Pattern TOKEN_ID = Pattern.compile("(?:token|nft) (?:id|no|number)|id");

    private static final Set<String> COUNTED = Set.of("tx", "transfer", "event_word", "call", "swap", "liquidation", "fail", "mint", "burn", "block", "approve", "send", "receive",
            "borrow", "nft", "reorg", "sale", "slash", "validator");
    private static final Set<String> WINDOW_LEADS = Set.of("over", "in", "within", "during", "for", "per", "every", "last", "past", "the", "a", "an", "each", "at least", "more than", "any", "inside",
            "of", "throughout", "across", "time", "on", "rolling", "previous", "any given", "given", "single", "span", "period", "window", "straight", "under", "less than", "space", "course", "whole", "entire", "full", "one", "interval", "next", "same");

    private UnitReader() {
    }

    /** The marks with every number joined to its unit, and every duration turned into a window. */
    static List<Mark> joined(List<Mark> marks) {
        List<Mark> read = new ArrayList<>();
        int at = 0;
        while (at < marks.size()) {
            Mark mark = marks.get(at);
            if (mark.is(Kind.NUMBER)) {
                at = number(marks, at, read);
            } else if (isOneUnit(marks, at)) {
                Mark unit = marks.get(at + 1);
                Quantity one = Quantity.bare(BigDecimal.ONE, false, BigDecimal.ONE).in(Quantity.Type.CURRENCY, unit.value(Kind.CURRENCY));
                read.add(mark.withQuantity(Kind.QUANTITY, one, unit.end(), mark.text() + " " + unit.text()));
                at += 2;
            } else if (mark.is(Kind.DURATION) && isWindowWithoutNumber(marks, at)) {
                read.add(window(mark, BigDecimal.ONE, mark));
                at++;
            } else {
                read.add(mark);
                at++;
            }
        }
        return read;
    }

    private static int number(List<Mark> marks, int at, List<Mark> read) {
        Mark number = marks.get(at);
        Quantity figure = number.quantity();
        Mark before = read.isEmpty() ? null : read.get(read.size() - 1);
        boolean symbol = before != null && before.is(Kind.CURRENCY) && (before.end() == number.start() || before.text().length() > 1 && !hasUnit(marks, at + 1) || isSign(before));
        int next = at + 1;
        if (symbol) {
            read.remove(read.size() - 1);
            String unit = before.value(Kind.CURRENCY);
            Quantity.Type type = unit.equals("BTC") || unit.equals("ETH") ? Quantity.Type.ASSET : Quantity.Type.CURRENCY;
            int end = number.end();
            // "$500 USD" and "$2 million dollars" name the currency twice.
            if (next < marks.size() && unit.equals(marks.get(next).value(Kind.CURRENCY))) {
                end = marks.get(next++).end();
            }
            read.add(new Mark(List.of(new Sense(Kind.QUANTITY, unit)), before.text() + number.text(), before.start(), end, figure.in(type, unit), number.typos()));
            return next;
        }
        if (before != null && TOKEN_ID.matcher(before.text()).matches()) {
            read.add(Mark.of(Kind.TOKEN_ID, number.text(), number.text(), number.start(), number.end()));
            return next;
        }
        boolean owned = false;
        while (next < marks.size() && isJoint(marks.get(next), figure) && next - at <= 3) {
            owned |= marks.get(next).is(Kind.PARTY);
            next++;
        }
        if (next < marks.size() && !owned) {
            Mark unit = marks.get(next);
            if (isPriced(figure, unit, marks, next)) {
                return next;
            }
            Mark joined = unit.is(Kind.NUMBER) ? null : joinedWith(number, unit, figure, marks, next);
            if (joined != null) {
                read.add(joined);
                return next + 1;
            }
        }
        Quantity bare = figure.fraction() && !isLevel(marks, at) ? percent(figure) : figure;
        if (!figure.fraction() && isCount(marks, at)) {
            bare = marks.get(at + 1).is(Kind.CONCEPT, "block") ? figure.in(Quantity.Type.BLOCK, "block") : figure.in(Quantity.Type.COUNT, "count");
        }
        read.add(number.withQuantity(Kind.QUANTITY, bare, number.end(), number.text()));
        return at + 1;
    }

    /** "one AVAX costs more than 45 EUR": the one is no figure to compare with. */
    private static boolean isPriced(Quantity figure, Mark unit, List<Mark> marks, int at) {
        return figure.low().compareTo(BigDecimal.ONE) == 0 && unit.is(Kind.ASSET)
                && marks.subList(at + 1, marks.size()).stream().anyMatch(m -> m.is(Kind.NUMBER)) && marks.stream().anyMatch(m -> m.is(Kind.CURRENCY) || m.is(Kind.CONCEPT, "price"));
    }

    /** "below a dollar". */
    private static boolean isOneUnit(List<Mark> marks, int at) {
        boolean article = marks.get(at).text().equals("a") || marks.get(at).text().equals("an");
        return article && at > 0 && at + 1 < marks.size() && marks.get(at + 1).is(Kind.CURRENCY) && (marks.get(at - 1).is(Kind.COMPARATOR) || marks.get(at - 1).is(Kind.PREPOSITION));
    }

    /** "for more than 60 seconds", "over 24 hours": a comparator before a window belongs to the window, not to the figure. */
    static List<Mark> withoutWindowComparators(List<Mark> marks) {
        List<Mark> read = new ArrayList<>(marks);
        for (int i = 0; i < read.size(); i++) {
            int next = i + 1;
            while (next < read.size() && read.get(next).is(Kind.FILLER) && (!read.get(next).is(Kind.COMPARATOR) || read.get(next).text().equals("past"))) {
                next++;
            }
            boolean lead = read.get(i).is(Kind.COMPARATOR) && next < read.size() && read.get(next).is(Kind.WINDOW) && read.get(i).value(Kind.COMPARATOR).matches("gte?|lte?|eq|between");
            if (lead) {
                read.set(i, read.get(i).withSenses(List.of(new Sense(Kind.FILLER, "window"))));
            }
        }
        return read;
    }

    /** "a fifth" is 20 %, "a third" 33.33 %. */
    private static Quantity percent(Quantity fraction) {
        BigDecimal value = fraction.low().movePointRight(2).setScale(2, RoundingMode.HALF_UP);
        return Quantity.bare(Quantity.plain(value), false, BigDecimal.ONE).in(Quantity.Type.PERCENT, "percent");
    }

    /** "SOL over 1/2" is a figure; "loses over a third", "over a third of it" a share. */
    private static boolean isLevel(List<Mark> marks, int at) {
        boolean compared = at > 0 && marks.get(at - 1).is(Kind.COMPARATOR);
        boolean share = at + 1 < marks.size() && marks.get(at + 1).text().equals("of");
        return compared && !share && marks.get(at).text().contains("/") && marks.stream().noneMatch(m -> m.is(Kind.TREND));
    }

    private static boolean isSign(Mark mark) {
        return mark.text().length() == 1;
    }

    private static boolean hasUnit(List<Mark> marks, int at) {
        return at < marks.size() && (marks.get(at).is(Kind.ASSET) || marks.get(at).is(Kind.UNIT) || marks.get(at).is(Kind.DURATION));
    }

    /** "2 million of USDC", "half an ETH", "half of its balance": words between a figure and its unit. */
    private static boolean isJoint(Mark mark, Quantity figure) {
        boolean of = mark.text().equals("of") || mark.text().equals("-");
        boolean article = figure.fraction() && (mark.text().equals("a") || mark.text().equals("an") || mark.text().equals("the") || mark.is(Kind.PARTY));
        return of || article;
    }

    private static Mark joinedWith(Mark number, Mark unit, Quantity figure, List<Mark> marks, int at) {
        String name = unit.value(Kind.UNIT);
        if (unit.is(Kind.DURATION) && !(unit.text().equals("s") && unit.start() > number.end())) {
            return window(number, figure.low(), unit);
        }
        if (unit.is(Kind.CURRENCY)) {
            return joined(number, unit, figure.in(Quantity.Type.CURRENCY, unit.value(Kind.CURRENCY)));
        }
        if (name != null) {
            return joined(number, unit, inUnit(figure, name));
        }
        if (unit.text().equals("c") && unit.start() == number.end()) {
            return joined(number, unit, inUnit(figure, "cent"));
        }
        if (unit.text().equals("x")) {
            return joined(number, unit, figure.in(Quantity.Type.MULTIPLE, "x"));
        }
        if (unit.is(Kind.ASSET) && !isCountOfAssetEvents(figure, marks, at)) {
            return joined(number, unit, figure.in(Quantity.Type.ASSET, unit.value(Kind.ASSET)));
        }
        return null;
    }

    private static Quantity inUnit(Quantity figure, String unit) {
        return switch (unit) {
            case "percent" -> figure.in(Quantity.Type.PERCENT, unit);
            case "bps" -> figure.inHundredths().in(Quantity.Type.PERCENT, "percent");
            case "cent" -> figure.inHundredths().in(Quantity.Type.CURRENCY, "USD");
            case "count" -> figure.in(Quantity.Type.COUNT, "count");
            case "block" -> figure.in(Quantity.Type.BLOCK, "block");
            case "sats", "finney", "lamports", "navax" -> figure.in(Quantity.Type.ASSET, unit);
            default -> figure.in(Quantity.Type.GAS, unit);
        };
    }

    private static Mark joined(Mark number, Mark unit, Quantity quantity) {
        Mark joined = number.withQuantity(Kind.QUANTITY, quantity, unit.end(), number.text() + " " + unit.text());
        return new Mark(joined.senses(), joined.text(), joined.start(), joined.end(), quantity, number.typos() + unit.typos());
    }

    private static Mark window(Mark first, BigDecimal count, Mark unit) {
        BigDecimal seconds = count.multiply(new BigDecimal(unit.value(Kind.DURATION)));
        Quantity quantity = Quantity.bare(seconds, false, BigDecimal.ONE).in(Quantity.Type.SECONDS, null);
        return first.withQuantity(Kind.WINDOW, quantity, unit.end(), first == unit ? unit.text() : first.text() + " " + unit.text());
    }

    /** "in a day", "per hour", "over the last week", "20 times an hour": a unit of time with a lead, not a bare "day". */
    private static boolean isWindowWithoutNumber(List<Mark> marks, int at) {
        if (marks.get(at).text().length() == 1 || at == 0) {
            return false;
        }
        String before = marks.get(at - 1).text();
        return WINDOW_LEADS.contains(before) || before.equals("/");
    }

    /** "12 AVAX transfers" counts transfers where the noun is plural and a window follows; "10,000 USDC transfers" is an amount. */
    private static boolean isCountOfAssetEvents(Quantity figure, List<Mark> marks, int assetAt) {
        if (assetAt + 1 >= marks.size() || figure.low().stripTrailingZeros().scale() > 0 || figure.low().compareTo(BigDecimal.valueOf(1000)) >= 0) {
            return false;
        }
        return isCounted(marks.get(assetAt + 1)) && marks.stream().anyMatch(m -> m.is(Kind.DURATION) || m.is(Kind.WINDOW));
    }

    /** "5 transactions", "a dozen outgoing transfers", "3 failed txs", "10 large USDC swaps". */
    private static boolean isCount(List<Mark> marks, int at) {
        if (marks.get(at).quantity().low().stripTrailingZeros().scale() > 0) {
            return false;
        }
        for (int i = at + 1; i < marks.size() && i <= at + 4; i++) {
            Mark mark = marks.get(i);
            if (isCounted(mark)) {
                return true;
            }
            if (!(mark.is(Kind.ASSET) || mark.is(Kind.CONCEPT) || mark.is(Kind.FILLER) || mark.is(Kind.POSTFIX) || mark.is(Kind.SIGNATURE) || mark.is(Kind.COLLECTION)
                    || mark.is(Kind.PROTOCOL) || mark.is(Kind.LABEL))) {
                return false;
            }
        }
        return false;
    }

    private static boolean isCounted(Mark mark) {
        if (!mark.is(Kind.CONCEPT) || !mark.text().endsWith("s") || mark.is(Kind.COMPARATOR)) {
            return false;
        }
        boolean verb = (mark.is(Kind.CONCEPT, "send") || mark.is(Kind.CONCEPT, "receive")) && !mark.text().matches(".*(?:withdrawals|deposits|flows|payments|transfers|receipts|sends|arrivals)");
        return !verb && mark.senses().stream().anyMatch(s -> s.kind() == Kind.CONCEPT && COUNTED.contains(s.value()));
    }
}
