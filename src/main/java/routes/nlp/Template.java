package routes.nlp;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One kind of alert, as its YAML file declares it (docs/language.md, "Adding a template").
 *
 * @param metric            what the condition measures
 * @param comparators       those a sentence may use with it
 * @param units             kinds of unit its figure may have: asset, currency, percent, gas, count, block, ratio, number
 * @param bareUnit          unit of a figure without one: asset, USD, count, block, ratio; or null: such a figure is unclear
 * @param defaultComparator for a figure without comparator; null: the comparator is asked for
 * @param parties           how parties fill account and contract: account or contract first, pool (who acts is the account), or flow (sender and receiver)
 * @param absorbs           concepts that may stand in its clauses without telling more
 * @param target            kind of target in the specification
 */
public record Template(String id, String eventType, String subEvent, String description, String metric, String target, List<Slot> slots, List<Set<String>> requireOneOf,
                       List<Pattern> patterns, Set<String> absorbs, List<String> comparators, List<String> units, String bareUnit, String defaultComparator, String parties,
                       String chainFrom, Map<String, String> fixed, List<Example> examples) {

    /** Words that go with everything: "any", "get", and "have" as an auxiliary. */
    private static final Set<String> LIGHT = Set.of("any", "get", "hold");

    /** @param required whether its absence makes the answer a question; @param fallback value where the sentence gives none, or null */
    public record Slot(String name, String type, boolean required, String fallback) {
    }

    /** A sentence of the template's own and the parameters it must give. */
    public record Example(String sentence, Map<String, String> parameters) {
    }

    /**
     * One way to recognise the template.
     *
     * @param all   features a clause must have; each is a list of alternatives
     * @param none  features it must not have
     * @param score how strongly it speaks for the template
     */
    public record Pattern(List<Set<String>> all, Set<String> none, int score) {

        boolean matches(Set<String> features) {
            for (Set<String> alternatives : all) {
                if (Collections.disjoint(features, alternatives)) {
                    return false;
                }
            }
            return Collections.disjoint(features, none);
        }
    }

    /** The score of its strongest pattern among those that match; 0 where none does. */
    int score(Set<String> features) {
        int best = 0;
        for (Pattern pattern : patterns) {
            if (pattern.score() > best && pattern.matches(features)) {
                best = pattern.score();
            }
        }
        return best;
    }

    boolean hasSlot(String name) {
        return slots.stream().anyMatch(slot -> slot.name().equals(name));
    }

    Slot slot(String name) {
        return slots.stream().filter(slot -> slot.name().equals(name)).findFirst().orElse(null);
    }

    /** Whether the word of a concept is explained by this template. */
    boolean knows(String concept) {
        return LIGHT.contains(concept) || absorbs.contains(concept) || patterns.stream().anyMatch(p -> p.all().stream().anyMatch(alternatives -> alternatives.contains(concept)));
    }
}
