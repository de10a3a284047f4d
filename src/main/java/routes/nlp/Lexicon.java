package routes.nlp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Phrases and their senses, as a tree of words: the longest phrase from a position is found in as many steps as it has words. */
final class Lexicon {

    /** The longest phrase found: how many tokens it spans and what it may mean. */
    record Hit(int length, List<Sense> senses) {
    }

    /** Most of the tens of thousands of steps are the last of their phrase and have one sense: they keep no map, and no room for more. */
    private static final class Step {
        Map<String, Step> next = Map.of();
        List<Sense> senses = List.of();

        Step then(String word) {
            if (next.isEmpty()) {
                next = new HashMap<>(2);
            }
            return next.computeIfAbsent(word, w -> new Step());
        }

        void mean(Sense sense) {
            if (!senses.contains(sense)) {
                List<Sense> more = new ArrayList<>(senses);
                more.add(sense);
                senses = List.copyOf(more);
            }
        }
    }

    private final Step root = new Step();
    private final Set<String> words = new HashSet<>();

    void add(String phrase, Sense sense) {
        Step step = root;
        for (String word : words(phrase)) {
            words.add(word);
            step = step.then(word);
        }
        step.mean(sense);
    }

    /** A phrase as the lexer would cut it, hyphens left out. */
    static List<String> words(String phrase) {
        return Lexer.tokens(phrase.toLowerCase(Locale.ROOT)).stream().map(Token::text).filter(w -> !w.equals("-")).toList();
    }

    /** The longest phrase that starts at a token, or null. Hyphens and points between its words are stepped over. */
    Hit longest(List<Token> tokens, int from) {
        Step step = root;
        Hit best = null;
        for (int at = from; at < tokens.size(); at++) {
            String key = tokens.get(at).key();
            Step next = step.next.get(key);
            if (next == null && key.endsWith("'s")) {
                next = step.next.get(key.substring(0, key.length() - 2));
            } else if (next == null && key.endsWith("'")) {
                next = step.next.get(key.substring(0, key.length() - 1));
            }
            if (next == null && at > from && key.equals("-")) {
                continue;
            }
            if (next == null) {
                break;
            }
            step = next;
            if (!step.senses.isEmpty()) {
                best = new Hit(at - from + 1, step.senses);
            }
        }
        return best;
    }

    /** The senses of a word by itself, or the word where it has none: for comparing two words. */
    Object meaning(String word) {
        Step step = root.next.get(word);
        return step == null || step.senses.isEmpty() ? word : step.senses;
    }

    /** Every word of every phrase: what a typo may be corrected to. */
    Set<String> vocabulary() {
        return words;
    }
}
