package routes.nlp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a normalised sentence into tokens. Every character but white space ends up in a token, so that nothing can get lost here.
 *
 * <p>All patterns are anchored at the position in hand, use possessive quantifiers and have no nested repetition: the run time is
 * linear in the length of the sentence.
 */
final class Lexer {

    private record Rule(Token.Type type, Pattern pattern) {
        Rule(Token.Type type, String regex) {
            this(type, Pattern.compile(regex));
        }
    }

    private static final List<Rule> RULES = List.of(
            new Rule(Token.Type.ADDRESS, "0[xX][0-9a-fA-F]{40}(?![0-9A-Za-z…])"),
            new Rule(Token.Type.PARTIAL_ADDRESS, "0[xX][0-9A-Za-z](?:[0-9A-Za-z]|…|\\.{2,3}(?=[0-9A-Za-z]|$))*+"),
            new Rule(Token.Type.ADDRESS, "bc1[a-z0-9]{25,60}(?![0-9A-Za-z])"),
            new Rule(Token.Type.ADDRESS, "(?=[A-Za-z]{0,43}[0-9])[1-9A-HJ-NP-Za-km-z]{32,44}(?![0-9A-Za-z])"),
            new Rule(Token.Type.NAME, "[A-Za-z0-9_][A-Za-z0-9_-]{0,60}(?:\\.[A-Za-z0-9_-]{1,60}){0,3}\\.(?i:eth|avax|sol|crypto|nft|bnb|lens|arb)(?![0-9A-Za-z])"),
            new Rule(Token.Type.SIGNATURE, "[A-Za-z_][A-Za-z0-9_]{0,80}\\((?!s\\))[A-Za-z0-9_, \\[\\]]{0,160}\\)"),
            new Rule(Token.Type.CASHTAG, "\\$[A-Za-z][A-Za-z0-9]{1,10}(?![0-9A-Za-z])"),
            new Rule(Token.Type.TOKEN_ID, "#[0-9]{1,20}+(?![.,]?[0-9A-Za-z])"),
            new Rule(Token.Type.NUMBER, "[0-9]{1,3}(?:[_'][0-9]{3}){1,8}+(?:\\.[0-9]{1,30})?+(?![0-9A-Za-z_'])"),
            new Rule(Token.Type.NUMBER, "[0-9]{1,3}(?:,[0-9]{3}){1,8}(?![0-9])(?:\\.[0-9]{1,30})?+(?![,.]?[0-9])"),
            new Rule(Token.Type.NUMBER, "[0-9]{1,40}+(?:\\.[0-9]{1,40}+)?+(?:[eE][0-9]{1,2}(?![0-9A-Za-z]))?+(?![,.][0-9])(?!inch|ac\\b|ight)"),
            new Rule(Token.Type.NUMBER, "\\.[0-9]{1,40}+(?![.,]?[0-9])"),
            new Rule(Token.Type.STRANGE, "[0-9.,][0-9.,]{0,60}[0-9]"),
            new Rule(Token.Type.WORD, "(?:1inch|3ac|y00ts?|sats?/v[bB](?:yte)?|us\\$|US\\$)(?![0-9A-Za-z])"),
            new Rule(Token.Type.CURRENCY, "[$€£¥₿Ξ]"),
            new Rule(Token.Type.WORD, "[\\p{IsLatin}_][\\p{IsLatin}\\p{M}_]*+(?:[0-9]{1,4}[\\p{IsLatin}]{0,4})?+(?:'[\\p{IsLatin}]{1,4})*+'?+"),
            new Rule(Token.Type.PUNCTUATION, "'s(?![\\p{IsLatin}])"),
            new Rule(Token.Type.PUNCTUATION, "-{1,3}+>"),
            new Rule(Token.Type.SYMBOL, ">=|=>|<=|=<|==|[<>=≥≤+±%&/¢~]"),
            new Rule(Token.Type.PUNCTUATION, "\\.\\.+|[-–—.,;:!?()\"'\\[\\]…→]"));

    private Lexer() {
    }

    /** The tokens of a sentence, in order; what no rule knows becomes a one-character token of type STRANGE. */
    static List<Token> tokens(String sentence) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < sentence.length()) {
            int character = sentence.codePointAt(at);
            if (Character.isWhitespace(character) || isDecoration(character)) {
                at += Character.charCount(character);
                continue;
            }
            int wordEnd = plainWordEnd(sentence, at);
            Token token = wordEnd > at ? new Token(Token.Type.WORD, sentence.substring(at, wordEnd), at, wordEnd)
                    : tokenAt(sentence, at, tokens.isEmpty() ? -1 : tokens.get(tokens.size() - 1).end());
            tokens.add(token);
            at = token.end();
        }
        return tokens;
    }

    /** Most tokens are letters up to the next space; no rule but that of words takes them. Otherwise the position itself. */
    private static int plainWordEnd(String sentence, int at) {
        int end = at;
        while (end < sentence.length() && isLetter(sentence.charAt(end))) {
            end++;
        }
        return end == sentence.length() || Character.isWhitespace(sentence.charAt(end)) ? end : at;
    }

    private static boolean isLetter(char character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }

    private static Token tokenAt(String sentence, int at, int previousEnd) {
        for (Rule rule : RULES) {
            Matcher matcher = rule.pattern.matcher(sentence).region(at, sentence.length()).useTransparentBounds(true);
            // "5x." and "10-20": a point that ends a sentence must not start a number glued to the word before it.
            if (matcher.lookingAt() && matcher.end() > at && !(rule.type == Token.Type.NUMBER && sentence.charAt(at) == '.' && previousEnd == at && Character.isLetterOrDigit(sentence.charAt(at - 1)))) {
                return new Token(rule.type, matcher.group(), at, matcher.end());
            }
        }
        int end = at + Character.charCount(sentence.codePointAt(at));
        return new Token(Token.Type.STRANGE, sentence.substring(at, end), at, end);
    }

    /** Emoji and dingbats carry no condition. */
    private static boolean isDecoration(int character) {
        return Character.getType(character) == Character.OTHER_SYMBOL || Character.getType(character) == Character.MODIFIER_SYMBOL && character > 0x2000
                || character == 0xFE0F || character == 0x200D;
    }
}
