package routes.nlp;

import java.util.ArrayList;
import java.util.List;

/** Tells the request from the condition where a sign joins them: "BTC below 80k = alarm", "AVAX over 50 > ping me". */
final class RequestReader {

    private RequestReader() {
    }

    /** The marks with every sign that only leads to a closing request turned into punctuation. */
    static List<Mark> withoutArrows(List<Mark> marks) {
        List<Mark> read = new ArrayList<>(marks);
        for (int i = 0; i < read.size(); i++) {
            Mark mark = read.get(i);
            boolean sign = mark.is(Kind.COMPARATOR) && List.of("=", ">", "=>", "==").contains(mark.text());
            if (sign && onlyAsks(read.subList(i + 1, read.size()))) {
                read.set(i, mark.withSenses(List.of(new Sense(Kind.PUNCTUATION, mark.text()))));
            }
        }
        return read;
    }

    private static boolean onlyAsks(List<Mark> marks) {
        return marks.stream().anyMatch(m -> m.is(Kind.REQUEST))
                && marks.stream().allMatch(m -> m.isSilent() || m.is(Kind.PUNCTUATION) || m.is(Kind.PARTY, "me") || m.is(Kind.PREPOSITION) || m.is(Kind.DURATION));
    }
}
