package routes.nlp;

import java.util.Set;

/**
 * What a clause compares with what.
 *
 * @param op       comparator of the specification, or null where the sentence gives none
 * @param quantity the figure, or null (a negated event, or no figure at all)
 * @param change   whether it is a change (percentage or amount) and not a level
 * @param used     the marks it was read from
 * @param unclear  whether comparator and figure do not go together
 */
record Comparison(String op, Quantity quantity, boolean change, Set<Mark> used, boolean unclear) {

    /** Whether only "at" compares ("LINK at 15"). */
    boolean standsAt() {
        return used.stream().anyMatch(m -> m.text().equals("at"));
    }
}
