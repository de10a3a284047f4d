package routes.nlp;

import java.util.ArrayList;
import java.util.List;

/** "AVAX reaching 0x...", "5 ETH hit the treasury": what reaches a party is received; what reaches a figure is compared with it. */
final class ArrivalReader {

    private ArrivalReader() {
    }

    /** The marks with every verb of reaching that leads to a party turned into the concept of receiving, or of a transfer. */
    static List<Mark> read(List<Mark> marks) {
        List<Mark> read = new ArrayList<>(marks);
        for (int i = 0; i + 1 < read.size(); i++) {
            Mark mark = read.get(i);
            if (mark.is(Kind.COMPARATOR, "gte") && mark.text().matches("(?:reach|hit|arriv)(?:e|s|es|ed|ing|ting)?(?: at)?") && leadsToParty(read, i + 1)) {
                read.set(i, mark.withSenses(List.of(new Sense(Kind.CONCEPT, "receive"))));
            } else if (mark.is(Kind.COMPARATOR, "gte") && mark.text().matches("(?:go|goes|going|went) to") && leadsToParty(read, i + 1)) {
                read.set(i, mark.withSenses(List.of(new Sense(Kind.CONCEPT, "transfer"), new Sense(Kind.PREPOSITION, "to"))));
            }
        }
        return read;
    }

    private static boolean leadsToParty(List<Mark> marks, int from) {
        int at = from;
        while (at < marks.size() && (marks.get(at).is(Kind.FILLER) || marks.get(at).is(Kind.PARTY, "me") || marks.get(at).is(Kind.NOUN, "wallet"))) {
            if (marks.get(at).is(Kind.NOUN, "wallet")) {
                return true;
            }
            at++;
        }
        return at < marks.size() && (marks.get(at).is(Kind.ADDRESS) || marks.get(at).is(Kind.LABEL));
    }
}
