package routes.nlp;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Adds up what is said in two units: "two dollars and fifty cents", "an hour and a half", "2 days and 12 hours", "1h30m". */
final class CompoundReader {

    private CompoundReader() {
    }

    static List<Mark> joined(List<Mark> marks) {
        List<Mark> read = new ArrayList<>();
        int at = 0;
        while (at < marks.size()) {
            Mark mark = marks.get(at);
            int second = at + 1 < marks.size() && marks.get(at + 1).text().equals("and") ? at + 2 : at + 1;
            Quantity sum = second < marks.size() && mark.quantity() != null ? sum(mark, marks.get(second), second - at) : null;
            if (sum == null) {
                read.add(mark);
                at++;
            } else {
                Mark last = marks.get(second);
                Kind kind = mark.is(Kind.WINDOW) ? Kind.WINDOW : Kind.QUANTITY;
                read.add(mark.withQuantity(kind, sum, last.end(), mark.text() + " " + last.text()));
                at = second + 1;
            }
        }
        return read;
    }

    private static Quantity sum(Mark first, Mark second, int distance) {
        Quantity a = first.quantity();
        Quantity b = second.quantity();
        if (b == null || a.isRange() || b.isRange()) {
            return null;
        }
        if (first.is(Kind.WINDOW)) {
            boolean smaller = second.is(Kind.WINDOW) && b.low().compareTo(a.low()) < 0 && second.text().matches("(?:[0-9]|[a-z]+ ).*");
            if (smaller) {
                return plus(a, b.low());
            }
            // "an hour and a half": the fraction, said without a unit, is one of the unit before.
            boolean half = distance == 2 && second.is(Kind.QUANTITY) && second.text().startsWith("a ") && b.is(Quantity.Type.PERCENT);
            return half ? plus(a, one(first, a).multiply(b.low()).movePointLeft(2)) : null;
        }
        // "four dollars fifty".
        boolean spoken = distance == 1 && a.is(Quantity.Type.CURRENCY) && b.is(Quantity.Type.BARE) && second.text().matches("[a-z]+(?:[ -][a-z]+)?|[0-9]{2}") && b.low().compareTo(BigDecimal.valueOf(100)) < 0
                && first.text().matches(".* (?:dollars?|bucks?|euros?|pounds?|quid)");
        if (spoken) {
            return plus(a, b.low().movePointLeft(2));
        }
        boolean cents = a.is(Quantity.Type.CURRENCY) && b.is(Quantity.Type.CURRENCY) && second.text().matches(".*(?:cents?|¢|c|pence)") && b.low().compareTo(BigDecimal.ONE) < 0;
        return cents ? plus(a, b.low()) : null;
    }

    private static Quantity plus(Quantity figure, BigDecimal more) {
        return new Quantity(Quantity.plain(figure.low().add(more)), null, figure.type(), figure.unit(), false, figure.scale());
    }

    /** The length of one unit of a window: an hour of "three hours". */
    private static BigDecimal one(Mark mark, Quantity window) {
        long seconds = window.low().longValue();
        String text = mark.text();
        long unit = text.contains("min") ? 60 : text.contains("h") && !text.contains("month") ? 3600 : text.contains("day") ? 86_400 : text.contains("week") ? 604_800 : seconds;
        return BigDecimal.valueOf(unit);
    }
}
