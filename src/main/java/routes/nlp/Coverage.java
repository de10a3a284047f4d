package routes.nlp;

import java.util.ArrayList;
import java.util.List;

/**
 * What of a clause a filled template leaves unexplained. The central rule of the room: a figure, comparator, unit, conjunction, name or
 * negation that nothing used makes the answer a question.
 */
final class Coverage {

    private Coverage() {
    }

    static List<Mark> residue(ClauseReading reading, Filling filling) {
        List<Mark> residue = new ArrayList<>();
        for (Mark mark : reading.own()) {
            if (!filling.used().contains(mark) && !explains(mark, filling)) {
                residue.add(mark);
            }
        }
        return residue;
    }

    /** Words that lead nowhere in this template but contradict nothing: for the ranking of templates. */
    static long unexplainedConcepts(ClauseReading reading, Template template) {
        return reading.own().stream().filter(m -> m.is(Kind.CONCEPT) && !m.isSilent() && m.senses().stream().noneMatch(s -> s.kind() == Kind.CONCEPT && template.knows(s.value()))
                && !m.is(Kind.TREND) && !m.is(Kind.COMPARATOR) && !m.is(Kind.NOUN)).count();
    }

    private static boolean explains(Mark mark, Filling filling) {
        Template template = filling.template();
        for (Sense sense : mark.senses()) {
            boolean explained = switch (sense.kind()) {
                case FILLER, REQUEST, PREPOSITION, NOUN, PUNCTUATION -> true;
                case PARTY -> !sense.value().equals("me");
                case CONCEPT -> template.knows(sense.value());
                case PRIVILEGE -> template.knows("privilege");
                case TREND -> template.knows("trend_" + sense.value());
                case MULTIPLE -> template.knows("multiple");
                case CURRENCY, UNIT -> sense.value().equals(filling.parameters().get("unit"));
                case CHAIN -> sense.value().equals(filling.parameters().get("chain"));
                case ASSET -> sense.value().equals(filling.parameters().get("asset")) || sense.value().equals(filling.parameters().get("counter_asset"));
                case COLLECTION -> String.valueOf(filling.parameters().get("contract")).startsWith("label:") && template.knows("collection");
                default -> false;
            };
            if (explained) {
                return true;
            }
        }
        return false;
    }
}
