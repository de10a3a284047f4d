package routes.nlp;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads figures and number words: 1,000 · 2.5k · .085 · 1/4 · fifty · a hundred and fifty · two and a half million · half a million ·
 * a couple of dozen · one point five · three quarters · 1 000 000. Sections: docs/language.md, "Numbers".
 */
final class NumberReader {

    /** What was read: the value, how many tokens it took, whether it is a fraction without magnitude, and its magnitude. */
    record Reading(BigDecimal value, int length, boolean fraction, BigDecimal scale) {
    }

    /** "million million million ..." ends here. */
    private static final int MAX_DIGITS = 40;
    private static final Pattern SEPARATORS = Pattern.compile("[,_']");

    private final Map<String, BigDecimal> cardinals = new HashMap<>();
    private final Map<String, BigDecimal> magnitudes = new HashMap<>();
    private final Map<String, BigDecimal> groups = new HashMap<>();
    private final Map<String, BigDecimal> fractions = new HashMap<>();
    private final Set<String> gluedOnly = new HashSet<>();

    NumberReader() {
        YamlReader yaml = YamlReader.ofResource("nlp/numbers.yaml");
        var sections = yaml.mapping(yaml.root(), "numbers");
        yaml.mapping(sections.get("cardinal"), "cardinal").forEach((word, node) -> cardinals.put(word, new BigDecimal(yaml.text(node, word))));
        yaml.mapping(sections.get("magnitude"), "magnitude").forEach((word, node) -> magnitudes.put(word, new BigDecimal(yaml.text(node, word))));
        yaml.mapping(sections.get("group"), "group").forEach((word, node) -> groups.put(word, new BigDecimal(yaml.text(node, word))));
        yaml.mapping(sections.get("fraction"), "fraction").forEach((word, node) -> fractions.put(word, ratio(yaml.text(node, word))));
        gluedOnly.addAll(yaml.texts(sections.get("glued_only"), "glued_only"));
    }

    /** Every number word, for the typo correction. */
    Set<String> vocabulary() {
        Set<String> words = new HashSet<>(cardinals.keySet());
        words.addAll(magnitudes.keySet());
        words.addAll(groups.keySet());
        words.addAll(fractions.keySet());
        return words;
    }

    /** The longest number that starts at a token, or null. */
    Reading read(List<Token> tokens, int from) {
        Cursor cursor = new Cursor(tokens, from);
        Reading reading = cursor.token().is(Token.Type.NUMBER) ? digits(cursor) : words(cursor);
        return reading == null ? null : new Reading(Quantity.plain(reading.value), cursor.at - from, reading.fraction, reading.scale);
    }

    private Reading digits(Cursor cursor) {
        BigDecimal value = new BigDecimal(SEPARATORS.matcher(cursor.take().text()).replaceAll(""));
        boolean leadingZero = cursor.tokens.get(cursor.at - 1).text().startsWith("0");
        while (!leadingZero && cursor.more() && isThousandsGroup(cursor)) {
            value = value.movePointRight(3).add(new BigDecimal(cursor.take().text()));
        }
        if (cursor.reads(0, "/") && cursor.isDigits(1) && cursor.number(1).signum() > 0) {
            cursor.at++;
            return new Reading(divide(value, new BigDecimal(cursor.take().text())), 0, true, BigDecimal.ONE);
        }
        if (cursor.isDigits(0) && cursor.reads(1, "/") && cursor.isDigits(2) && cursor.number(2).signum() > 0) {
            value = value.add(divide(cursor.number(0), cursor.number(2)));
            cursor.at += 3;
        } else if (cursor.reads(0, "and") && cursor.reads(1, "a") && fractions.containsKey(cursor.key(2))) {
            value = value.add(fractions.get(cursor.key(2)));
            cursor.at += 3;
        }
        return scaled(value, cursor, false);
    }

    private static boolean isThousandsGroup(Cursor cursor) {
        Token group = cursor.token();
        Token before = cursor.tokens.get(cursor.at - 1);
        return group.is(Token.Type.NUMBER) && isDigits(group.text(), 3, 3) && group.start() == before.end() + 1
                && isDigits(before.text(), 1, 3)
                && !(cursor.at + 1 < cursor.tokens.size() && cursor.tokens.get(cursor.at + 1).touches(group) && cursor.tokens.get(cursor.at + 1).is(Token.Type.WORD));
    }

    private static boolean isDigits(String text, int least, int most) {
        return text.length() >= least && text.length() <= most && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Multiplies by the magnitudes that follow ("k", "million", "dozen"), and adds "and a half" of them. */
    private Reading scaled(BigDecimal number, Cursor cursor, boolean fraction) {
        BigDecimal value = number;
        BigDecimal scale = BigDecimal.ONE;
        while (cursor.more() && scale.precision() < MAX_DIGITS) {
            int skip = fraction && scale.compareTo(BigDecimal.ONE) == 0 ? articlesAt(cursor) : 0;
            BigDecimal magnitude = magnitude(cursor, skip);
            if (magnitude == null) {
                break;
            }
            cursor.at += skip + 1;
            scale = scale.multiply(magnitude);
            if (cursor.reads(0, "and") && cursor.reads(1, "a") && fractions.containsKey(cursor.key(2))) {
                value = value.add(fractions.get(cursor.key(2)));
                cursor.at += 3;
            }
        }
        boolean stillFraction = fraction && scale.compareTo(BigDecimal.ONE) == 0;
        return new Reading(value.multiply(scale), 0, stillFraction, scale);
    }

    /** In "half a million" and "a quarter of a million": the words before the magnitude. */
    private int articlesAt(Cursor cursor) {
        int skip = cursor.reads(0, "of") || cursor.reads(0, "-") ? 1 : 0;
        return cursor.reads(skip, "a") || cursor.reads(skip, "an") ? skip + 1 : skip;
    }

    private BigDecimal magnitude(Cursor cursor, int ahead) {
        if (cursor.at + ahead >= cursor.tokens.size()) {
            return null;
        }
        Token token = cursor.tokens.get(cursor.at + ahead);
        String key = token.key();
        if (gluedOnly.contains(key)) {
            Token before = cursor.at + ahead > 0 ? cursor.tokens.get(cursor.at + ahead - 1) : null;
            boolean afterDigits = before != null && before.is(Token.Type.NUMBER) && (token.touches(before) || !key.equals("m") && !key.equals("t") && !key.equals("b"));
            boolean afterWord = before != null && key.equals("k") && cardinals.containsKey(before.key());
            return afterDigits || afterWord ? magnitudes.get(key) : null;
        }
        BigDecimal magnitude = magnitudes.get(key);
        return magnitude != null ? magnitude : key.startsWith("dozen") ? groups.get(key) : null;
    }

    private Reading words(Cursor cursor) {
        String key = cursor.key(0);
        boolean article = key.equals("a") || key.equals("an");
        if (article) {
            String next = cursor.key(1);
            if (groups.containsKey(next) && !next.equals("score") && !next.equals("pair")) {
                cursor.at += 2;
                return group(groups.get(next), cursor);
            }
            if (magnitudes.containsKey(next) && !gluedOnly.contains(next)) {
                cursor.at++;
                return sum(BigDecimal.ONE, cursor);
            }
            if (fractions.containsKey(next)) {
                cursor.at += 2;
                return scaled(fractions.get(next), cursor, true);
            }
            return null;
        }
        if (groups.containsKey(key) && key.startsWith("dozen") || key.equals("couple") && cursor.reads(1, "of")) {
            cursor.at++;
            return group(groups.get(key), cursor);
        }
        if (fractions.containsKey(key) && (key.equals("half") || key.equals("quarter"))) {
            cursor.at++;
            return scaled(fractions.get(key), cursor, true);
        }
        if (magnitudes.containsKey(key) && !gluedOnly.contains(key) && key.endsWith("d") || key.equals("million") || key.equals("billion")) {
            return sum(BigDecimal.ONE, cursor);
        }
        BigDecimal first = cardinals.get(key);
        if (first == null) {
            return null;
        }
        return sum(small(cursor), cursor);
    }

    private Reading group(BigDecimal size, Cursor cursor) {
        if (cursor.reads(0, "of") && (cardinals.containsKey(cursor.key(1)) || magnitudes.containsKey(cursor.key(1)) || cursor.reads(1, "dozen"))) {
            cursor.at++;
        }
        return scaled(size, cursor, false);
    }

    /** Tens and units: "forty", "forty-two", "forty two". */
    private BigDecimal small(Cursor cursor) {
        BigDecimal value = cardinals.get(cursor.take().key());
        int hyphen = cursor.reads(0, "-") ? 1 : 0;
        BigDecimal unit = cardinals.get(cursor.key(hyphen));
        if (value.intValue() >= 20 && unit != null && unit.intValue() > 0 && unit.intValue() < 10) {
            cursor.at += hyphen + 1;
            value = value.add(unit);
        }
        return value;
    }

    /** "two hundred and fifty thousand five hundred", "one point five million", "two and a half million", "three quarters". */
    private Reading sum(BigDecimal start, Cursor cursor) {
        BigDecimal total = BigDecimal.ZERO;
        BigDecimal part = start;
        BigDecimal scale = BigDecimal.ONE;
        if (cursor.reads(0, "point") && (cardinals.containsKey(cursor.key(1)) || cursor.isDigits(1))) {
            part = part.add(decimals(cursor));
        }
        if (fractions.containsKey(cursor.key(0)) && !cursor.reads(0, "half")) {
            return scaled(part.multiply(fractions.get(cursor.take().key())), cursor, true);
        }
        while (cursor.more() && part.precision() < MAX_DIGITS && total.precision() < MAX_DIGITS) {
            BigDecimal magnitude = magnitude(cursor, cursor.reads(0, "-") ? 1 : 0);
            if (magnitude != null) {
                cursor.at += cursor.reads(0, "-") ? 2 : 1;
                scale = magnitude;
                part = part.multiply(magnitude);
                if (magnitude.intValue() != 100) {
                    total = total.add(part);
                    part = BigDecimal.ZERO;
                }
                continue;
            }
            int and = cursor.reads(0, "and") ? 1 : 0;
            int article = and == 1 && cursor.reads(1, "a") ? 2 : and;
            if (article == 2 && fractions.containsKey(cursor.key(2))) {
                cursor.at += 3;
                BigDecimal half = fractions.get(cursor.tokens.get(cursor.at - 1).key());
                // "two and a half million" scales the half with what follows, "a million and a half" with what went before.
                if (part.signum() == 0) {
                    total = total.add(half.multiply(scale));
                } else {
                    part = part.add(half);
                }
                continue;
            }
            BigDecimal next = cardinals.get(cursor.key(and));
            boolean room = part.signum() == 0 && scale.intValue() >= 100 || part.intValue() >= 100 && scale.intValue() == 100;
            if (next == null || !room || next.signum() == 0) {
                break;
            }
            cursor.at += and;
            part = part.add(small(cursor));
        }
        return new Reading(total.add(part), 0, false, scale);
    }

    private BigDecimal decimals(Cursor cursor) {
        cursor.at++;
        StringBuilder digits = new StringBuilder("0.");
        while (cursor.more() && digits.length() < 30 && (cardinals.containsKey(cursor.key(0)) || cursor.isDigits(0))) {
            digits.append(cursor.isDigits(0) ? cursor.token().text() : cardinals.get(cursor.key(0)).toString());
            cursor.at++;
        }
        return new BigDecimal(digits.toString());
    }

    private static BigDecimal ratio(String text) {
        String[] parts = text.split("/");
        return divide(new BigDecimal(parts[0]), new BigDecimal(parts[1]));
    }

    private static BigDecimal divide(BigDecimal numerator, BigDecimal denominator) {
        return numerator.divide(denominator, new MathContext(12));
    }

    /** A position in the tokens. */
    private static final class Cursor {
        final List<Token> tokens;
        int at;

        Cursor(List<Token> tokens, int at) {
            this.tokens = tokens;
            this.at = at;
        }

        boolean more() {
            return at < tokens.size();
        }

        Token token() {
            return tokens.get(at);
        }

        Token take() {
            return tokens.get(at++);
        }

        String key(int ahead) {
            return at + ahead < tokens.size() ? tokens.get(at + ahead).key() : "";
        }

        boolean reads(int ahead, String word) {
            return key(ahead).equals(word);
        }

        boolean isDigits(int ahead) {
            return NumberReader.isDigits(key(ahead), 1, 9);
        }

        BigDecimal number(int ahead) {
            return new BigDecimal(key(ahead));
        }
    }
}
