package routes.nlp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds names of functions and events that are not written with parentheses: "logs VoteCast", "the harvest function", "emits a
 * Transfer event", "calls setPrice on". Runs on tokens, because such names are often words of the vocabulary.
 */
final class SignatureReader {

    private static final Set<String> PARTICIPLES = Set.of("called", "invoked", "executed", "logged", "fired");
    private static final Set<String> BEHIND_NAMES = Set.of("on", "at", "more", "from", "in", "over");
    private static final Set<String> QUOTES = Set.of("\"", "'", "`");

    private final Set<String> nouns;
    private final Set<String> verbs;
    private final Set<String> articles;
    private final Set<String> noNames;
    private final Set<String> vocabulary;

    /** @param vocabulary known words, which capitals inside ("MakerDAO") do not make names of functions */
    SignatureReader(Set<String> vocabulary) {
        YamlReader yaml = YamlReader.ofResource("nlp/signatures.yaml");
        var sections = yaml.mapping(yaml.root(), "signatures");
        nouns = Set.copyOf(yaml.texts(sections.get("nouns"), "nouns"));
        verbs = Set.copyOf(yaml.texts(sections.get("verbs"), "verbs"));
        articles = Set.copyOf(yaml.texts(sections.get("articles"), "articles"));
        noNames = Set.copyOf(yaml.texts(sections.get("no_names"), "no_names"));
        this.vocabulary = vocabulary;
    }

    /** The tokens with every bare function or event name turned into a SIGNATURE token. */
    List<Token> withSignatures(List<Token> tokens) {
        List<Token> read = new ArrayList<>(tokens);
        for (int i = 0; i < read.size(); i++) {
            Token token = read.get(i);
            if (token.is(Token.Type.WORD) && isSignature(read, i)) {
                read.set(i, new Token(Token.Type.SIGNATURE, token.text(), token.start(), token.end()));
            }
        }
        return read;
    }

    private boolean isSignature(List<Token> tokens, int i) {
        String text = tokens.get(i).text();
        // "in the event BTC hits 100k".
        boolean ticker = text.length() > 1 && text.equals(text.toUpperCase(Locale.ROOT)) && vocabulary.contains(tokens.get(i).key());
        if (ticker || noNames.contains(tokens.get(i).key())) {
            return false;
        }
        boolean beforeNoun = i + 1 < tokens.size() && nouns.contains(key(tokens, i + 1, true));
        boolean afterNoun = i > 0 && (nouns.contains(key(tokens, i - 1, false)) || articles.contains(key(tokens, i - 1, false)) && i > 1 && nouns.contains(key(tokens, i - 2, false)));
        boolean afterVerb = i > 0 && (verbs.contains(tokens.get(i - 1).key()) || i > 1 && articles.contains(tokens.get(i - 1).key()) && verbs.contains(tokens.get(i - 2).key()));
        boolean quoted = i > 0 && i + 1 < tokens.size() && QUOTES.contains(tokens.get(i - 1).text()) && QUOTES.contains(tokens.get(i + 1).text());
        if (isCamelCase(text) && !vocabulary.contains(tokens.get(i).key())) {
            return beforeNoun || afterNoun || afterVerb || quoted || hasVerb(tokens);
        }
        if (beforeNoun || quoted && (hasVerb(tokens) || hasNoun(tokens))) {
            return true;
        }
        boolean capitalised = Character.isUpperCase(text.charAt(0));
        boolean beforeOn = i + 1 < tokens.size() && BEHIND_NAMES.contains(tokens.get(i + 1).key());
        boolean noun = afterNoun && (capitalised || text.contains("_") || beforeOn && !verbs.contains(tokens.get(i).key()));
        return noun || afterVerb && (capitalised && text.chars().anyMatch(Character::isLowerCase) || beforeOn);
    }

    /** The key of a token, looking through a closing quotation mark. */
    private static String key(List<Token> tokens, int i, boolean forward) {
        String key = tokens.get(i).key();
        int next = forward ? i + 1 : i - 1;
        return QUOTES.contains(key) && next >= 0 && next < tokens.size() ? tokens.get(next).key() : key;
    }

    private boolean hasVerb(List<Token> tokens) {
        return tokens.stream().anyMatch(t -> verbs.contains(t.key()) || PARTICIPLES.contains(t.key()));
    }

    private boolean hasNoun(List<Token> tokens) {
        return tokens.stream().anyMatch(t -> nouns.contains(t.key()));
    }

    private static boolean isCamelCase(String text) {
        boolean lower = false;
        boolean upperAfterLower = false;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            upperAfterLower |= lower && Character.isUpperCase(letter);
            lower |= Character.isLowerCase(letter);
        }
        return upperAfterLower;
    }
}
