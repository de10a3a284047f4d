package routes.nlp;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Turns tokens into marks: looks every position up as a number, a phrase, a signature or a slip of the pen, the longest reading first. */
final class Tagger {

    private static final Set<String> BEFORE_MINUTES = Set.of("in", "within", "for", "last", "past", "every", "next");

    private static final Set<String> COMPARATIVES = Set.of("more", "less", "fewer", "greater", "higher", "lower", "bigger", "larger");

    private final Vocabulary vocabulary;
    private final NumberReader numbers;
    private final Spelling spelling;

    Tagger(Vocabulary vocabulary, NumberReader numbers, Spelling spelling) {
        this.vocabulary = vocabulary;
        this.numbers = numbers;
        this.spelling = spelling;
    }

    List<Mark> marks(List<Token> tokens) {
        boolean shouting = tokens.stream().filter(t -> t.is(Token.Type.WORD)).noneMatch(t -> t.text().chars().anyMatch(Character::isLowerCase));
        List<Token> spelled = new ArrayList<>();
        List<Integer> corrected = new ArrayList<>();
        spell(tokens, spelled, corrected);
        closeUpThan(spelled, corrected);
        List<Mark> marks = new ArrayList<>();
        int at = 0;
        while (at < spelled.size()) {
            int from = at;
            at = mark(spelled, at, shouting, marks);
            Mark last = marks.get(marks.size() - 1);
            int typos = 0;
            for (int i = from; i < at; i++) {
                typos += corrected.get(i);
            }
            if (typos > 0) {
                marks.set(marks.size() - 1, new Mark(last.senses(), last.text(), last.start(), last.end(), last.quantity(), typos));
            }
        }
        return marks;
    }

    private void spell(List<Token> tokens, List<Token> spelled, List<Integer> corrected) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            String meant = token.is(Token.Type.WORD) && !isName(tokens, i) ? spelling.correct(token.key()) : null;
            if (meant == null) {
                spelled.add(token);
                corrected.add(0);
                continue;
            }
            for (String word : meant.split(" ")) {
                spelled.add(new Token(Token.Type.WORD, word, token.start(), token.end()));
                corrected.add(spelled.size() > 1 && spelled.get(spelled.size() - 2).start() == token.start() ? 0 : 1);
            }
        }
    }

    /** "below -5": no alert is about a negative figure, and the sign must not get lost. */
    private static boolean isMinus(List<Token> tokens, int at) {
        boolean dash = tokens.get(at).text().equals("-") && at + 1 < tokens.size() && tokens.get(at + 1).touches(tokens.get(at)) && (at == 0 || !tokens.get(at).touches(tokens.get(at - 1)));
        return dash && (tokens.get(at + 1).is(Token.Type.NUMBER) || tokens.get(at + 1).is(Token.Type.CURRENCY));
    }

    /** "more DAI than 5 million", "fewer transactions than 10": the "than" is put behind its adjective. */
    private static void closeUpThan(List<Token> tokens, List<Integer> corrected) {
        for (int i = 0; i < tokens.size(); i++) {
            if (!COMPARATIVES.contains(tokens.get(i).key())) {
                continue;
            }
            for (int than = i + 2; than < tokens.size() && than <= i + 3; than++) {
                if (tokens.get(than).reads("than")) {
                    tokens.add(i + 1, tokens.remove(than));
                    corrected.add(i + 1, corrected.remove(than));
                    break;
                }
            }
        }
    }

    /** A word glued to digits, an unknown ticker in capitals, a camelCase identifier or a proper name is not a slip. */
    private static boolean isName(List<Token> tokens, int i) {
        String text = tokens.get(i).text();
        boolean glued = i > 0 && tokens.get(i - 1).is(Token.Type.NUMBER) && tokens.get(i).touches(tokens.get(i - 1));
        boolean innerCapital = text.length() > 1 && !text.substring(1).equals(text.substring(1).toLowerCase(Locale.ROOT));
        return glued || innerCapital && !text.equals(text.toUpperCase(Locale.ROOT)) || innerCapital && text.length() <= 5;
    }

    private int mark(List<Token> tokens, int at, boolean shouting, List<Mark> marks) {
        Token token = tokens.get(at);
        int pair = pair(tokens, at, marks);
        if (pair > at) {
            return pair;
        }
        Kind lexical = lexicalKind(token);
        if (lexical != null) {
            marks.add(Mark.of(lexical, lexicalValue(token), token.text(), token.start(), token.end()));
            return at + 1;
        }
        if (isMinutes(tokens, at)) {
            BigDecimal seconds = new BigDecimal(token.text().replaceAll("[,_']", "")).multiply(BigDecimal.valueOf(60));
            Token letter = tokens.get(at + 1);
            marks.add(new Mark(List.of(new Sense(Kind.WINDOW, "")), token.text() + letter.text(), token.start(), letter.end(),
                    Quantity.bare(seconds, false, BigDecimal.ONE).in(Quantity.Type.SECONDS, null), 0));
            return at + 2;
        }
        if (isMinus(tokens, at)) {
            marks.add(Mark.of(Kind.UNKNOWN, "-", "-", token.start(), token.end()));
            return at + 1;
        }
        Lexicon.Hit hit = vocabulary.lexicon().longest(tokens, at);
        if (hit != null && hit.length() > 1 && hit.senses().get(0).kind() == Kind.POSTFIX && goesOn(tokens, at + hit.length())) {
            hit = vocabulary.lexicon().longest(tokens.subList(at, at + 1), 0);
        }
        hit = hit == null ? null : beforeComparator(tokens, at, hit);
        NumberReader.Reading number = token.is(Token.Type.NUMBER) || token.is(Token.Type.WORD) ? numbers.read(tokens, at) : null;
        if (number != null && (hit == null || number.length() >= hit.length() || token.is(Token.Type.NUMBER))) {
            int end = tokens.get(at + number.length() - 1).end();
            Quantity figure = Quantity.bare(number.value(), number.fraction(), number.scale());
            marks.add(new Mark(List.of(new Sense(Kind.NUMBER, "")), text(tokens, at, number.length()), token.start(), end, figure, 0));
            return at + number.length();
        }
        if (hit != null) {
            int end = tokens.get(at + hit.length() - 1).end();
            List<Sense> senses = senses(token, hit, at == 0, shouting);
            String text = text(tokens, at, hit.length());
            marks.add(timed(new Mark(senses, text.toLowerCase(Locale.ROOT), token.start(), end, null, 0)));
            return at + hit.length();
        }
        // "speedily", "deliberately": adverbs that are in no list say how, not what.
        boolean adverb = token.is(Token.Type.WORD) && token.text().length() > 4 && token.key().endsWith("ly");
        marks.add(Mark.of(token.is(Token.Type.PUNCTUATION) ? Kind.PUNCTUATION : adverb ? Kind.FILLER : Kind.UNKNOWN, token.text(), token.text(), token.start(), token.end()));
        return at + 1;
    }

    /** "trades at least 5", "is down to 3": the comparator takes the word a shorter phrase could also end in. */
    private Lexicon.Hit beforeComparator(List<Token> tokens, int at, Lexicon.Hit hit) {
        if (hit.length() < 2 || hit.senses().get(0).kind() == Kind.COMPARATOR || hit.senses().get(0).kind() == Kind.POSTFIX) {
            return hit;
        }
        Lexicon.Hit next = vocabulary.lexicon().longest(tokens, at + hit.length() - 1);
        boolean taken = next != null && next.length() > 1 && next.senses().get(0).kind() == Kind.COMPARATOR;
        Lexicon.Hit shorter = taken ? vocabulary.lexicon().longest(tokens.subList(0, at + hit.length() - 1), at) : null;
        return shorter == null ? hit : shorter;
    }

    /** "over 120k or under 80k": what looks like "or less" behind a figure leads to the next figure. */
    private boolean goesOn(List<Token> tokens, int at) {
        if (at >= tokens.size()) {
            return false;
        }
        Token next = tokens.get(at);
        return next.is(Token.Type.CURRENCY) || next.reads("than") || next.reads("the") && at + 1 < tokens.size() && numbers.read(tokens, at + 1) != null || numbers.read(tokens, at) != null && !next.reads("a") && !next.reads("one");
    }

    private static String text(List<Token> tokens, int at, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = at; i < at + length; i++) {
            boolean gap = i > at && !tokens.get(i).touches(tokens.get(i - 1));
            text.append(gap ? " " : "").append(tokens.get(i).text());
        }
        return text.toString();
    }

    /** "overnight", "since yesterday": a window without a number. */
    private static Mark timed(Mark mark) {
        String seconds = mark.value(Kind.WINDOW);
        return seconds == null ? mark : mark.withQuantity(Kind.WINDOW,
                Quantity.bare(new BigDecimal(seconds), false, BigDecimal.ONE).in(Quantity.Type.SECONDS, null), mark.end(), mark.text());
    }

    /**
     * Everyday words beat names that are written the same ("near", "one", "base"), unless the name is written as one:
     * with a capital inside the sentence, or all in capitals.
     */
    private List<Sense> senses(Token token, Lexicon.Hit hit, boolean first, boolean shouting) {
        List<Sense> entities = hit.senses().stream().filter(s -> s.kind().isEntity()).toList();
        if (entities.isEmpty() || entities.size() == hit.senses().size()) {
            return hit.senses();
        }
        boolean capitals = token.text().length() > 1 && token.text().equals(token.text().toUpperCase(Locale.ROOT)) && !shouting;
        boolean capital = Character.isUpperCase(token.text().charAt(0)) && !first && !shouting;
        return capitals || capital ? entities : hit.senses().stream().filter(s -> !s.kind().isEntity()).toList();
    }

    private static Kind lexicalKind(Token token) {
        return switch (token.type()) {
            case ADDRESS, NAME -> Kind.ADDRESS;
            case PARTIAL_ADDRESS -> Kind.PARTIAL_ADDRESS;
            case SIGNATURE -> Kind.SIGNATURE;
            case TOKEN_ID -> Kind.TOKEN_ID;
            case CASHTAG -> Kind.ASSET;
            case CURRENCY -> Kind.CURRENCY;
            case STRANGE -> Kind.UNKNOWN;
            default -> null;
        };
    }

    private static String lexicalValue(Token token) {
        return switch (token.type()) {
            case ADDRESS -> token.text().startsWith("0x") || token.text().startsWith("0X") || token.text().startsWith("bc1") ? token.key() : token.text();
            case NAME -> token.key();
            case CASHTAG -> token.text().substring(1).toUpperCase(Locale.ROOT);
            case TOKEN_ID -> token.text().substring(1);
            case CURRENCY -> switch (token.text()) {
                case "€" -> "EUR";
                case "£" -> "GBP";
                case "¥" -> "JPY";
                case "₿" -> "BTC";
                case "Ξ" -> "ETH";
                default -> "USD";
            };
            default -> token.text();
        };
    }

    /** "AVAX/USDC", "ETH-USDC": two assets, or an asset and a currency, joined. Returns the position behind it. */
    private int pair(List<Token> tokens, int at, List<Mark> marks) {
        if (at + 2 >= tokens.size() || !tokens.get(at + 1).reads("/") && !tokens.get(at + 1).reads("-")
                || !tokens.get(at + 1).touches(tokens.get(at)) || !tokens.get(at + 2).touches(tokens.get(at + 1))) {
            return at;
        }
        String base = ticker(tokens.get(at));
        String quote = ticker(tokens.get(at + 2));
        if (base == null || quote == null) {
            return at;
        }
        Token last = tokens.get(at + 2);
        marks.add(Mark.of(Kind.PAIR, base + "/" + quote, base + "/" + quote, tokens.get(at).start(), last.end()));
        return at + 3;
    }

    private String ticker(Token token) {
        if (!token.is(Token.Type.WORD)) {
            return null;
        }
        Lexicon.Hit hit = vocabulary.lexicon().longest(List.of(token), 0);
        if (hit == null) {
            return null;
        }
        return hit.senses().stream().filter(s -> s.kind() == Kind.ASSET || s.kind() == Kind.CURRENCY).map(Sense::value).findFirst().orElse(null);
    }

    /** "in 10m" is ten minutes, "$10m" and "over 10m USDC" are ten million. */
    private boolean isMinutes(List<Token> tokens, int at) {
        if (!tokens.get(at).is(Token.Type.NUMBER) || at == 0 || at + 1 >= tokens.size() || !tokens.get(at + 1).text().equals("m")
                || !tokens.get(at + 1).touches(tokens.get(at)) || !BEFORE_MINUTES.contains(tokens.get(at - 1).key())) {
            return false;
        }
        return at + 2 >= tokens.size() || ticker(tokens.get(at + 2)) == null;
    }
}
