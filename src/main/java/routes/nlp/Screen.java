package routes.nlp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Refuses before any reading: other languages and scripts, injected instructions, markup and code, deeds instead of alerts, off-chain news. */
final class Screen {

    /**
     * @param reason  why the sentence is refused, or null
     * @param foreign offset behind which a tail of code or a URL starts, or -1: the sentence before it may still be understood
     */
    record Verdict(String reason, int foreign) {
        static final Verdict CLEAR = new Verdict(null, -1);
    }

    private final Lexicon instructions = new Lexicon();
    private final Lexicon deeds = new Lexicon();
    private final Lexicon sources = new Lexicon();
    private final Lexicon otherDomains = new Lexicon();
    private final Set<String> verbs = new HashSet<>();
    private final Set<String> foreignWords = new HashSet<>();
    private final List<String> markup;
    private final List<String> code;
    private final Vocabulary vocabulary;

    Screen(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        YamlReader yaml = YamlReader.ofResource("nlp/screen.yaml");
        var sections = yaml.mapping(yaml.root(), "screen");
        fill(instructions, yaml.texts(sections.get("instruction"), "instruction"));
        fill(deeds, yaml.texts(sections.get("action_phrase"), "action_phrase"));
        fill(sources, yaml.texts(sections.get("source"), "source"));
        fill(otherDomains, yaml.texts(sections.get("domain"), "domain"));
        verbs.addAll(yaml.texts(sections.get("action"), "action"));
        yaml.texts(sections.get("foreign"), "foreign").forEach(word -> foreignWords.add(word.toLowerCase(Locale.ROOT)));
        markup = yaml.texts(sections.get("markup"), "markup");
        code = yaml.texts(sections.get("code"), "code");
    }

    private static void fill(Lexicon lexicon, List<String> phrases) {
        phrases.forEach(phrase -> Inflection.forms(phrase).forEach(form -> lexicon.add(form, new Sense(Kind.UNKNOWN, phrase))));
    }

    Verdict judge(String sentence, List<Token> tokens) {
        String script = script(sentence);
        if (script != null) {
            return new Verdict(script, -1);
        }
        String lower = sentence.toLowerCase(Locale.ROOT);
        if (markup.stream().anyMatch(lower::contains) || at(instructions, tokens) >= 0) {
            return new Verdict("hostile", -1);
        }
        int tail = code.stream().mapToInt(lower::indexOf).filter(i -> i >= 0).min().orElse(-1);
        if (tail >= 0) {
            return new Verdict(null, tail);
        }
        if (isForeign(tokens)) {
            return new Verdict("unsupported_language", -1);
        }
        if (isDeed(tokens)) {
            return new Verdict("unsupported_action", -1);
        }
        if (at(sources, tokens) >= 0) {
            return new Verdict("unsupported_source", -1);
        }
        return at(otherDomains, tokens) >= 0 ? new Verdict("out_of_domain", -1) : Verdict.CLEAR;
    }

    /** Letters of other scripts: look-alikes where one word mixes scripts, another language otherwise. */
    private static String script(String sentence) {
        boolean other = false;
        boolean latinBefore = false;
        boolean otherBefore = false;
        for (int i = 0; i < sentence.length(); i += Character.charCount(sentence.codePointAt(i))) {
            int letter = sentence.codePointAt(i);
            if (Character.getType(letter) == Character.CONTROL || Character.getType(letter) == Character.FORMAT && letter != 0x200D) {
                return "hostile";
            }
            if (!Character.isLetter(letter)) {
                latinBefore = otherBefore = false;
                continue;
            }
            Character.UnicodeScript script = Character.UnicodeScript.of(letter);
            boolean latin = script == Character.UnicodeScript.LATIN;
            boolean sign = letter == 'Ξ' || letter == 'μ';
            boolean alike = script == Character.UnicodeScript.CYRILLIC || script == Character.UnicodeScript.GREEK || script == Character.UnicodeScript.ARMENIAN || script == Character.UnicodeScript.CHEROKEE;
            if (alike && !sign && latinBefore || latin && otherBefore) {
                return "hostile";
            }
            other |= !latin && !sign;
            latinBefore = latin;
            otherBefore = alike && !sign;
        }
        return other ? "unsupported_language" : null;
    }

    private boolean isForeign(List<Token> tokens) {
        int foreign = 0;
        int english = 0;
        int certain = 0;
        for (Token token : tokens) {
            if (token.is(Token.Type.WORD)) {
                boolean known = vocabulary.lexicon().vocabulary().contains(token.key());
                boolean strange = foreignWords.contains(token.key());
                foreign += strange ? 1 : 0;
                certain += strange && !known ? 1 : 0;
                english += known && !strange ? 1 : 0;
            }
        }
        return certain >= 2 || certain >= 1 && foreign >= english;
    }

    /** A sentence whose head, behind politeness, is a verb that asks for a deed; or that has such a phrase anywhere. */
    private boolean isDeed(List<Token> tokens) {
        if (at(deeds, tokens) >= 0) {
            return true;
        }
        // "Send me an alert when ..." is a request, not a deed.
        Lexicon.Hit head = tokens.isEmpty() ? null : vocabulary.lexicon().longest(tokens, 0);
        if (head != null && head.senses().stream().anyMatch(s -> s.kind() == Kind.REQUEST)) {
            return false;
        }
        List<String> words = new ArrayList<>();
        tokens.stream().filter(t -> t.is(Token.Type.WORD)).map(Token::key).filter(w -> !Set.of("please", "pls", "plz", "hey", "can", "could", "you", "would", "just", "kindly", "ok", "hi", "to", "i", "want", "auto").contains(w)).limit(3).forEach(words::add);
        if (words.size() < 3 || !verbs.contains(words.get(0))) {
            return false;
        }
        // "Swap of more than 5 ETH", "mint on 0x..." and "buy volume" are fragments about events, "swap my ETH" is a deed.
        Set<String> objects = Set.of("my", "all", "half", "everything", "it", "the", "some", "a", "an", "me", "our", "them", "this", "these");
        boolean figure = tokens.size() > 1 && (tokens.get(1).is(Token.Type.NUMBER) || tokens.get(1).is(Token.Type.CURRENCY) || tokens.get(1).is(Token.Type.ADDRESS));
        boolean ticker = tokens.size() > 1 && tokens.get(1).is(Token.Type.WORD) && vocabulary.lexicon().longest(tokens, 1) != null
                && vocabulary.lexicon().longest(tokens, 1).senses().stream().anyMatch(s -> s.kind() == Kind.ASSET);
        boolean condition = tokens.stream().anyMatch(t -> t.key().equals("when") || t.key().equals("if") || t.key().equals("once") || t.key().equals("whenever"));
        return objects.contains(words.get(1)) || (figure || ticker) && condition;
    }

    private static int at(Lexicon lexicon, List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            if (lexicon.longest(tokens, i) != null) {
                return i;
            }
        }
        return -1;
    }
}
