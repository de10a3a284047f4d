package routes.nlp;

import java.util.List;

/**
 * How sure the interpreter is of an answer; computed, never learnt.
 *
 * <pre>
 * matched:  0.98
 *           - 0.02 for each word corrected by spelling (at most 0.14)
 *           - 0.02 for each assumption (a default account, the unit of a bare price; at most 0.08)
 *           - 0.05 where the next template is within two points of score
 *           - 0.03 for each condition beyond the first (at most 0.09)
 * question: half of that, less 0.05 for each thing asked
 * </pre>
 *
 * <p>So 0.8 and more means: every word was used, at most a few slips, and no other template near. docs/language.md tells users the same.
 */
final class Confidence {

    private static final double BEST = 0.98;

    private Confidence() {
    }

    static double of(List<ClauseInterpreter.Outcome> outcomes, int typos, int questions) {
        double confidence = BEST - Math.min(0.14, 0.02 * typos) - Math.min(0.09, 0.03 * (outcomes.size() - 1));
        int assumptions = outcomes.stream().mapToInt(o -> o.best() == null ? 0 : o.best().assumptions().size()).sum();
        confidence -= Math.min(0.08, 0.02 * assumptions);
        confidence -= outcomes.stream().anyMatch(o -> o.margin() <= 2) ? 0.05 : 0;
        if (questions > 0) {
            confidence = Math.max(0.05, confidence / 2 - 0.05 * questions);
        }
        return Math.round(confidence * 1000) / 1000.0;
    }
}
