package routes.nlp;

import java.util.List;

/**
 * One condition of the sentence, as marks.
 *
 * @param own       the marks that stand in the clause itself; every telling one must be consumed
 * @param inherited marks of the neighbour clause an elliptic clause leans on ("BTC goes over 120k <em>or under 80k</em>")
 */
record Clause(List<Mark> own, List<Mark> inherited) {
}
