package routes.nlp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Joins two quantities into a range where the sentence says so: "between 5 and 10", "outside 20-30", "the 5 to 20 range", "from 1 to 2
 * AVAX" behind a range word. The marks between the two ends are consumed.
 */
final class RangeReader {

    private static final Set<String> JOINTS = Set.of("-", "–", "—", "to", "and", "or", "..", "...", "…", "through", "until", "&", "up to");

    private RangeReader() {
    }

    static List<Mark> joined(List<Mark> marks) {
        List<Mark> read = new ArrayList<>();
        int at = 0;
        while (at < marks.size()) {
            Mark mark = marks.get(at);
            if (mark.is(Kind.QUANTITY) && at + 2 < marks.size() && isJoint(marks, at) && fits(mark.quantity(), marks.get(at + 2))) {
                Mark high = marks.get(at + 2);
                Quantity range = mark.quantity().upTo(high.quantity());
                read.add(mark.withQuantity(Kind.QUANTITY, range, high.end(), mark.text() + "-" + high.text()));
                at += 3;
            } else {
                read.add(mark);
                at++;
            }
        }
        return read;
    }

    private static boolean fits(Quantity low, Mark high) {
        if (!high.is(Kind.QUANTITY) || low.isRange()) {
            return false;
        }
        Quantity other = high.quantity();
        return low.is(Quantity.Type.BARE) || other.is(Quantity.Type.BARE) || low.type() == other.type() && String.valueOf(low.unit()).equals(other.unit());
    }

    private static boolean isJoint(List<Mark> marks, int at) {
        String joint = marks.get(at + 1).text();
        if (!JOINTS.contains(joint)) {
            return false;
        }
        boolean dash = joint.equals("-") || joint.equals("–") || joint.equals("—") || joint.startsWith(".") || joint.equals("…");
        return dash || behindRangeWord(marks, at) || at + 3 < marks.size() && marks.get(at + 3).is(Kind.NOUN, "range");
    }

    private static boolean behindRangeWord(List<Mark> marks, int at) {
        for (int i = at - 1; i >= 0 && i >= at - 6; i--) {
            Mark mark = marks.get(i);
            if (mark.is(Kind.COMPARATOR)) {
                return mark.is(Kind.COMPARATOR, "between") || mark.is(Kind.COMPARATOR, "outside");
            }
            if (mark.is(Kind.NOUN, "range")) {
                return true;
            }
            if (mark.is(Kind.QUANTITY)) {
                return false;
            }
        }
        return false;
    }
}
