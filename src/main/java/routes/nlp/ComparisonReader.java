package routes.nlp;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Reads the comparison of a clause: which figure, compared how. Looks at comparator, trend verb, negation and what is said behind the
 * figure ("or more") together: "drops below 5" is a level, "drops 5 %" a change, "isn't above 5" turns round.
 */
final class ComparisonReader {

    private static final Set<String> RANGES = Set.of("between", "outside");

    private final List<Mark> marks;
    private final Set<Mark> used = Collections.newSetFromMap(new IdentityHashMap<>());
    private final int at;
    private boolean unclear;

    private ComparisonReader(List<Mark> marks) {
        this.marks = marks;
        at = figureAt();
    }

    static Comparison read(List<Mark> marks) {
        return new ComparisonReader(marks).comparison();
    }

    private int figureAt() {
        int first = -1;
        for (int i = 0; i < marks.size(); i++) {
            if (marks.get(i).is(Kind.QUANTITY)) {
                boolean compared = i > 0 && marks.get(i - 1).is(Kind.COMPARATOR) || i + 1 < marks.size() && marks.get(i + 1).is(Kind.POSTFIX);
                if (compared) {
                    return i;
                }
                first = first < 0 ? i : first;
            }
        }
        return first;
    }

    private Comparison comparison() {
        Mark trendMark = trend();
        if (at < 0) {
            return withoutFigure(trendMark);
        }
        Mark figure = marks.get(at);
        used.add(figure);
        String op = postfix();
        Mark comparator = comparator(figure.quantity());
        if (op == null && comparator != null) {
            op = comparator.value(Kind.COMPARATOR);
            op = negates(marks.indexOf(comparator)) ? opposite(op) : op;
        } else if (comparator != null && comparator.is(Kind.COMPARATOR, "crosses")) {
            // "crossing 1m upwards".
            op = op.startsWith("g") ? "crosses_up" : "crosses_down";
        } else if (comparator != null) {
            // "reaches 1.15 or lower": reaching has no side of its own.
            unclear |= !sameSide(op, comparator.value(Kind.COMPARATOR)) && !comparator.is(Kind.COMPARATOR, "gte");
        }
        return compared(op, comparator, trendMark, figure.quantity());
    }

    private Comparison compared(String op, Mark comparator, Mark trendMark, Quantity figure) {
        String trend = trendMark == null ? null : trendMark.value(Kind.TREND);
        if (figure.is(Quantity.Type.MULTIPLE) && "up".equals(trend)) {
            Quantity gain = figure.times(BigDecimal.valueOf(100));
            Quantity percent = new Quantity(gain.low().subtract(BigDecimal.valueOf(100)), null, Quantity.Type.PERCENT, "percent", false, BigDecimal.ONE);
            return change(op, trendMark, percent);
        }
        if (figure.is(Quantity.Type.PERCENT) && trend != null) {
            return change(op, trendMark, figure);
        }
        if (isAmountOfChange(op, comparator, trendMark)) {
            used.add(trendMark);
            unclear |= "lt".equals(op) || "lte".equals(op) || figure.isRange();
            return new Comparison("up".equals(trend) ? "increases_abs" : "decreases_abs", figure, true, used, unclear);
        }
        if (trendMark != null && (op != null || !trendMark.is(Kind.CONCEPT))) {
            used.add(trendMark);
        }
        String level = op;
        if (figure.isRange() && !RANGES.contains(String.valueOf(op))) {
            level = op == null && marks.stream().anyMatch(m -> m.is(Kind.NOUN, "range")) ? "between" : null;
            unclear |= level == null;
        }
        boolean target = at > 1 && marks.get(at - 1).text().equals("to") && (marks.get(at - 2).is(Kind.ASSET) || marks.get(at - 2).is(Kind.CONCEPT, "price"));
        // "LINK at 15"; but what "falls at 9" falls when, or to where.
        boolean stands = trendMark == null && at > 0 && marks.get(at - 1).text().equals("at");
        if (level == null && (stands || target)) {
            used.add(marks.get(at - 1));
            level = "gte";
        }
        return new Comparison(level, figure, false, used, unclear);
    }

    private Comparison change(String op, Mark trendMark, Quantity figure) {
        used.add(trendMark);
        marks.stream().filter(m -> m.is(Kind.TREND)).forEach(used::add);
        boolean both = marks.stream().anyMatch(m -> m.is(Kind.TREND, "up")) && marks.stream().anyMatch(m -> m.is(Kind.TREND, "down"));
        unclear |= op != null && !op.startsWith("g") && !op.equals("eq") || figure.isRange() || both || figure.low().signum() <= 0;
        String direction = trendMark.value(Kind.TREND);
        unclear |= direction.equals("down") && figure.low().compareTo(BigDecimal.valueOf(100)) > 0;
        return new Comparison(direction.equals("up") ? "increases_pct" : direction.equals("down") ? "decreases_pct" : "changes_pct", figure, true, used, unclear);
    }

    /** Without a figure: "doubles" is a change of 100 %; everything else says nothing that can be compared. */
    private Comparison withoutFigure(Mark trendMark) {
        for (Mark mark : marks) {
            String multiple = mark.value(Kind.MULTIPLE);
            if (multiple != null) {
                used.add(mark);
                marks.stream().filter(m -> m.is(Kind.COMPARATOR, "gt") || m.is(Kind.COMPARATOR, "gte")).forEach(used::add);
                Quantity percent = new Quantity(new BigDecimal(multiple.split(" ")[1]), null, Quantity.Type.PERCENT, "percent", false, BigDecimal.ONE);
                return new Comparison(multiple.startsWith("up") ? "increases_pct" : "decreases_pct", percent, true, used, false);
            }
        }
        return new Comparison(null, null, trendMark != null && !trendMark.is(Kind.CONCEPT), used, false);
    }

    /** "drops by 500 USD", "falls more than 20 AVAX": an amount of change; "drops below 500", "rises above 20" are levels. */
    private boolean isAmountOfChange(String op, Mark comparator, Mark trendMark) {
        if (trendMark == null || trendMark.is(Kind.TREND, "any")) {
            return false;
        }
        if (marks.indexOf(trendMark) > at) {
            return isLostFrom(op, trendMark);
        }
        boolean by = between(marks.indexOf(trendMark), at, "by");
        if (comparator == null || by) {
            return by || !between(marks.indexOf(trendMark), at, "at") && !trendMark.is(Kind.CONCEPT);
        }
        if (marks.indexOf(comparator) < marks.indexOf(trendMark) || marks.indexOf(comparator) > at || op == null || !op.startsWith("g")) {
            return false;
        }
        boolean amount = comparator.text().startsWith("more") || comparator.text().startsWith("at least") || comparator.text().startsWith("in excess") || comparator.text().startsWith("greater")
                || comparator.text().startsWith("no less") || comparator.text().startsWith("a minimum");
        return amount || trendMark.is(Kind.TREND, "down");
    }

    /** "2 BTC or more vanish from my balance". */
    private boolean isLostFrom(String op, Mark trendMark) {
        int next = marks.indexOf(trendMark) + 1;
        return (op == null || op.startsWith("g")) && next < marks.size() && marks.get(next).is(Kind.PREPOSITION, "from");
    }

    private boolean between(int from, int to, String word) {
        return marks.subList(Math.max(from, 0), to).stream().anyMatch(m -> m.text().equals(word) || m.text().endsWith(" " + word));
    }

    private String postfix() {
        for (int i = at + 1; i < marks.size() && i <= at + 3; i++) {
            Mark mark = marks.get(i);
            if (mark.is(Kind.POSTFIX)) {
                used.add(mark);
                return mark.value(Kind.POSTFIX);
            }
            boolean counted = mark.is(Kind.CONCEPT) && (marks.get(at).quantity().is(Quantity.Type.COUNT) || marks.get(at).quantity().is(Quantity.Type.BLOCK));
            if (!counted && !mark.is(Kind.CURRENCY) && !(mark.is(Kind.ASSET) && marks.get(at).quantity().is(Quantity.Type.CURRENCY)) && !mark.text().equals("worth of") && !mark.text().equals("of")) {
                return null;
            }
        }
        return null;
    }

    private Mark comparator(Quantity figure) {
        Mark nearest = null;
        for (int i = at - 1; i >= 0 && !marks.get(i).is(Kind.QUANTITY); i--) {
            Mark mark = marks.get(i);
            String op = mark.value(Kind.COMPARATOR);
            if (op == null || RANGES.contains(op) && !figure.isRange()) {
                continue;
            }
            if (nearest == null) {
                nearest = mark;
                used.add(mark);
            } else if (sameSide(nearest.value(Kind.COMPARATOR), op) && !figure.isRange() && marks.indexOf(nearest) - i <= 3 || op.equals("crosses")) {
                used.add(mark);
                nearest = op.startsWith("crosses") ? crossing(nearest, mark) : nearest;
            }
        }
        for (int i = at + 1; nearest == null && i < marks.size(); i++) {
            Mark mark = marks.get(i);
            if (mark.is(Kind.COMPARATOR) && !mark.is(Kind.CONCEPT) && !mark.isSilent() && !RANGES.contains(mark.value(Kind.COMPARATOR))) {
                nearest = mark;
                used.add(mark);
            }
        }
        return nearest;
    }

    /** "crosses back above": the crossing keeps the side. */
    private static Mark crossing(Mark side, Mark cross) {
        String op = side.value(Kind.COMPARATOR);
        String crossed = op.startsWith("g") ? "crosses_up" : op.startsWith("l") ? "crosses_down" : cross.value(Kind.COMPARATOR);
        return Mark.of(Kind.COMPARATOR, crossed, side.text(), side.start(), side.end());
    }

    private Mark trend() {
        Mark best = null;
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            if (!mark.is(Kind.TREND)) {
                continue;
            }
            // A pure trend word beats one that is also an everyday event ("a move down"); otherwise the last before the figure counts.
            boolean better = best == null || best.is(Kind.TREND, "any") && !mark.is(Kind.TREND, "any") || !mark.is(Kind.TREND, "any") && i < at;
            best = better ? mark : best;
        }
        return best;
    }

    /** Whether a negation stands before the comparator with nothing telling between. */
    private boolean negates(int comparatorAt) {
        for (int i = comparatorAt - 1; i >= 0; i--) {
            Mark mark = marks.get(i);
            if (mark.is(Kind.NEGATION)) {
                used.add(mark);
                // "should never be under 4": a rule, whose breach is meant, or not.
                unclear |= mark.text().matches("shouldn't|can't|cannot|mustn't|should not") || i > 0 && marks.get(i - 1).text().matches("should|must|may|can|ought to|shall|needs to|has to");
                return true;
            }
            boolean passed = mark.isSilent() || mark.is(Kind.TREND) || mark.is(Kind.CONCEPT, "price") || mark.is(Kind.CONCEPT, "hold") || mark.is(Kind.CONCEPT, "worth");
            if (!passed) {
                return false;
            }
        }
        return false;
    }

    private String opposite(String op) {
        return switch (op) {
            case "gt" -> "lte";
            case "gte" -> "lt";
            case "lt" -> "gte";
            case "lte" -> "gt";
            case "between" -> "outside";
            case "outside" -> "between";
            default -> {
                unclear = true;
                yield op;
            }
        };
    }

    private static boolean sameSide(String a, String b) {
        return a.charAt(0) == b.charAt(0);
    }
}
