package routes.nlp;

import java.util.LinkedHashSet;
import java.util.Set;

/** The forms of a phrase of the vocabulary: its alternatives, and the regular forms of its verb. Odd but harmless forms ("sweepped") are made too: nobody types them. */
final class Inflection {

    private Inflection() {
    }

    /**
     * All forms of a phrase: one for each of the alternatives in parentheses ("(good|nice) to know", an empty one for a word that may be
     * left out), and where its first word is marked as a verb with {@code ~} ("take~ out") one for each form of the verb.
     */
    static Set<String> forms(String phrase) {
        int open = phrase.indexOf('(');
        int close = phrase.indexOf(')', open);
        if (open < 0 || close < 0) {
            return verbForms(phrase);
        }
        Set<String> forms = new LinkedHashSet<>();
        for (String alternative : phrase.substring(open + 1, close).split("\\|", -1)) {
            forms.addAll(forms(phrase.substring(0, open) + alternative + phrase.substring(close + 1)));
        }
        return forms;
    }

    private static Set<String> verbForms(String phrase) {
        int mark = phrase.indexOf('~');
        if (mark < 0) {
            return Set.of(phrase);
        }
        String verb = phrase.substring(0, mark);
        String rest = phrase.substring(mark + 1);
        Set<String> forms = new LinkedHashSet<>();
        forms.add(verb + rest);
        forms.add(thirdPerson(verb) + rest);
        for (String stem : stems(verb)) {
            forms.add(stem + "ing" + rest);
            forms.add(stem + "ed" + rest);
        }
        if (endsInConsonantAndY(verb)) {
            forms.add(verb.substring(0, verb.length() - 1) + "ied" + rest);
        }
        return forms;
    }

    private static String thirdPerson(String verb) {
        if (verb.matches(".*(s|x|z|ch|sh)")) {
            return verb + "es";
        }
        return endsInConsonantAndY(verb) ? verb.substring(0, verb.length() - 1) + "ies" : verb + "s";
    }

    private static Set<String> stems(String verb) {
        char last = verb.charAt(verb.length() - 1);
        if (last == 'e') {
            return Set.of(verb.substring(0, verb.length() - 1));
        }
        boolean doubles = "bdgklmnprtvz".indexOf(last) >= 0 && verb.length() > 2 && "aeiou".indexOf(verb.charAt(verb.length() - 2)) >= 0;
        return doubles ? Set.of(verb, verb + last) : Set.of(verb);
    }

    private static boolean endsInConsonantAndY(String verb) {
        return verb.endsWith("y") && verb.length() > 2 && "aeiou".indexOf(verb.charAt(verb.length() - 2)) < 0;
    }
}
