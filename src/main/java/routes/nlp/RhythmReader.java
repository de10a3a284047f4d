package routes.nlp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds how often somebody wants to be told: "tell me every day if ...". In "moves 5 % every hour", "20 times every day" it is a window. */
final class RhythmReader {

    private static final Pattern RHYTHM = Pattern.compile("(?:every|each) .*|hourly|daily|weekly|monthly|yearly");

    private RhythmReader() {
    }

    /** The marks with every rhythm turned into one that no template explains: an alert fires when something happens, so it is asked about. */
    static List<Mark> read(List<Mark> marks) {
        List<Mark> read = new ArrayList<>();
        int at = 0;
        while (at < marks.size()) {
            Mark mark = marks.get(at);
            boolean led = at + 1 < marks.size() && (mark.text().equals("every") || mark.text().equals("each")) && marks.get(at + 1).is(Kind.WINDOW);
            int end = led ? at + 2 : at + 1;
            if ((led || mark.is(Kind.WINDOW) && RHYTHM.matcher(mark.text()).matches()) && isRhythm(marks, at, end)) {
                Mark last = marks.get(end - 1);
                read.add(Mark.of(Kind.EXCLUSION, "rhythm", led ? mark.text() + " " + last.text() : mark.text(), mark.start(), last.end()));
            } else {
                read.addAll(marks.subList(at, end));
            }
            at = end;
        }
        return read;
    }

    private static boolean isRhythm(List<Mark> marks, int at, int end) {
        boolean asked = at > 0 ? marks.get(at - 1).is(Kind.REQUEST) : end < marks.size() && marks.get(end).is(Kind.REQUEST);
        return asked || marks.stream().noneMatch(RhythmReader::happensInTime);
    }

    private static boolean happensInTime(Mark mark) {
        boolean count = mark.is(Kind.QUANTITY) && mark.quantity().is(Quantity.Type.COUNT) || mark.is(Kind.CONCEPT, "tx");
        return count || mark.is(Kind.TREND) || mark.is(Kind.MULTIPLE) || ClauseSplitter.EVENTS.stream().anyMatch(event -> mark.is(Kind.CONCEPT, event));
    }
}
