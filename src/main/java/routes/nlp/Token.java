package routes.nlp;

import java.util.Locale;

/**
 * A piece of the sentence as the {@link Lexer} cuts it.
 *
 * @param text  as written
 * @param start offset of its first character in the normalised sentence
 * @param end   offset behind its last character
 */
record Token(Type type, String text, int start, int end) {

    enum Type { WORD, NUMBER, ADDRESS, PARTIAL_ADDRESS, NAME, SIGNATURE, TOKEN_ID, CASHTAG, CURRENCY, SYMBOL, PUNCTUATION, STRANGE }

    String key() {
        return text.toLowerCase(Locale.ROOT);
    }

    boolean is(Type wanted) {
        return type == wanted;
    }

    boolean reads(String key) {
        return text.equalsIgnoreCase(key);
    }

    /** Whether nothing stands between the other token and this one ("5k", "20-30"). */
    boolean touches(Token before) {
        return before.end == start;
    }
}
