package routes.nlp;

import java.util.List;

/**
 * A word, phrase or figure of the sentence with everything it may mean. Words with several senses keep all of them until the
 * template that reads the clause picks one: "leaves" is a comparator, a transfer and a removal of liquidity.
 *
 * @param text      as written, lower-case for words
 * @param quantity  the figure, for NUMBER, QUANTITY and WINDOW marks; otherwise null
 * @param typos     how many words of it were corrected
 */
record Mark(List<Sense> senses, String text, int start, int end, Quantity quantity, int typos) {

    Mark {
        senses = List.copyOf(senses);
    }

    static Mark of(Kind kind, String value, String text, int start, int end) {
        return new Mark(List.of(new Sense(kind, value)), text, start, end, null, 0);
    }

    boolean is(Kind kind) {
        return value(kind) != null;
    }

    boolean is(Kind kind, String value) {
        for (int i = 0; i < senses.size(); i++) { // without an iterator: asked hundreds of times for each sentence
            if (senses.get(i).kind() == kind && senses.get(i).value().equals(value)) {
                return true;
            }
        }
        return false;
    }

    /** The value of its first sense of a kind, or null. */
    String value(Kind kind) {
        for (int i = 0; i < senses.size(); i++) {
            if (senses.get(i).kind() == kind) {
                return senses.get(i).value();
            }
        }
        return null;
    }

    /** Whether it never says anything about the condition. */
    boolean isSilent() {
        return is(Kind.FILLER) || is(Kind.REQUEST);
    }

    boolean isParty() {
        return is(Kind.PARTY) || is(Kind.ADDRESS) || is(Kind.LABEL);
    }

    Mark withQuantity(Kind kind, Quantity figure, int newEnd, String newText) {
        return new Mark(List.of(new Sense(kind, figure.unit() == null ? "" : figure.unit())), newText, start, newEnd, figure, typos);
    }

    Mark withSenses(List<Sense> kept) {
        return new Mark(kept, text, start, end, quantity, typos);
    }
}
