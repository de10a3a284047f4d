package routes.nlp;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Turns a sentence into the specification of an alert: offline, deterministic, thread-safe.
 *
 * <p>The way of a sentence: normalise → {@link Screen} (refuses what is no alert) → {@link Lexer} → {@link SignatureReader} → {@link Tagger}
 * (words, names, numbers, slips) → {@link UnitReader}, {@link RangeReader} → {@link HeadcountReader}, {@link MomentReader}, {@link RhythmReader}
 * (figures and times that are no threshold) → {@link ClauseSplitter} → for each clause {@link ClauseInterpreter} (templates, slots,
 * coverage) → {@link Contradictions} → answer. Its rule: what is not understood is asked, never dropped. {@link Confidence} says how the
 * confidence is computed; docs/language.md describes the language for users.
 */
public final class AlertInterpreter {

    /** Longer sentences are refused: no alert needs more, and the time of every answer stays bounded. */
    public static final int MAX_LENGTH = 500;
    private static final int MAX_TOKENS = 160;

    private final SentenceReader sentences;
    private final Screen screen;
    private final ClauseInterpreter clauses;
    private final SpecWriter specs;

    /** @param catalogue the templates to choose from; @throws TemplateException where a vocabulary file is broken */
    public AlertInterpreter(TemplateCatalogue catalogue) {
        Vocabulary vocabulary = Vocabulary.load();
        NumberReader numbers = new NumberReader();
        Set<String> known = new HashSet<>(vocabulary.lexicon().vocabulary());
        known.addAll(numbers.vocabulary());
        sentences = new SentenceReader(new Tagger(vocabulary, numbers, new Spelling(known, vocabulary.lexicon()::meaning)), new SignatureReader(known));
        screen = new Screen(vocabulary);
        clauses = new ClauseInterpreter(vocabulary, catalogue);
        specs = new SpecWriter(vocabulary);
    }

    /**
     * The sentence as it is read and cached: NFKC, trimmed, white space folded, typographic quotes and dashes made plain. The case is kept,
     * because "Base" and "base" differ.
     */
    public static String normalise(String sentence) {
        if (sentence == null) {
            return "";
        }
        String fractions = sentence.replace("½", " 1/2").replace("¼", " 1/4").replace("¾", " 3/4");
        String plain = Normalizer.normalize(fractions, Normalizer.Form.NFKC).replace('’', '\'').replace('‘', '\'').replace('“', '"').replace('”', '"').replace('⁄', '/').replace('−', '-');
        StringBuilder folded = new StringBuilder(plain.length());
        boolean space = false;
        for (int i = 0; i < plain.length(); i++) {
            char letter = plain.charAt(i);
            if (Character.isWhitespace(letter) || Character.isSpaceChar(letter)) {
                space = folded.length() > 0;
                continue;
            }
            folded.append(space ? " " : "").append(letter);
            space = false;
        }
        return folded.toString();
    }

    /**
     * Reads a sentence.
     *
     * @param sentence anything, null included
     * @return the answer; never null, and no exception whatever the sentence
     */
    public Interpretation interpret(String sentence) {
        if (sentence == null || sentence.isBlank()) {
            return Interpretation.refused("empty");
        }
        if (sentence.length() > 4 * MAX_LENGTH) {
            return Interpretation.refused("too_long");
        }
        String text = normalise(sentence);
        if (text.length() > MAX_LENGTH) {
            return Interpretation.refused("too_long");
        }
        List<Token> tokens = Lexer.tokens(text);
        Screen.Verdict verdict = screen.judge(text, tokens);
        if (verdict.reason() != null) {
            return Interpretation.refused(verdict.reason());
        }
        if (tokens.size() > MAX_TOKENS) {
            return Interpretation.refused("too_long");
        }
        return verdict.foreign() >= 0 ? withTail(text, verdict.foreign()) : understood(text, tokens);
    }

    /** An alert with a URL in it or code behind it: the alert is shown, the rest asked about; without an alert it is hostile. */
    private Interpretation withTail(String text, int from) {
        int end = text.indexOf(' ', from);
        boolean url = text.startsWith("http", from) || text.startsWith("ws", from) || text.startsWith("ftp", from);
        String head = text.substring(0, from) + (url && end > 0 ? text.substring(end) : "");
        Interpretation alert = understood(head, Lexer.tokens(head));
        boolean whole = alert.conditions().stream().anyMatch(c -> c.parameters().containsKey("comparator"))
                && alert.missingInfo().stream().allMatch(m -> m.code().equals("unparsed_residue"));
        if (!whole) {
            return Interpretation.refused("hostile");
        }
        List<MissingInfo> missing = List.of(new MissingInfo("unparsed_residue", "sentence", List.of(text.substring(from))));
        return new Interpretation(Interpretation.Status.NEEDS_CLARIFICATION, alert.matches(), alert.logic(), alert.conditions(), missing, "unparsed_residue", 0.3, null);
    }

    private Interpretation understood(String text, List<Token> tokens) {
        List<Mark> marks = sentences.marks(tokens);
        int typos = marks.stream().mapToInt(Mark::typos).sum();
        ClauseSplitter.Split split = ClauseSplitter.split(marks);
        List<ClauseInterpreter.Outcome> outcomes = new ArrayList<>();
        Filling before = null;
        for (Clause clause : split.clauses()) {
            ClauseInterpreter.Outcome outcome = clauses.interpret(clause, before);
            outcomes.add(outcome);
            before = outcome.best() == null ? before : outcome.best();
        }
        clauses.shareForwards(outcomes);
        ClauseInterpreter.dropRepeated(outcomes);
        if (outcomes.stream().allMatch(o -> o.best() == null)) {
            return Questions.withoutTemplate(marks, outcomes);
        }
        List<MissingInfo> missing = Questions.about(split, outcomes);
        double confidence = Confidence.of(outcomes, typos, missing.size());
        return answer(text, outcomes.size() > 1 ? split.logic() : null, outcomes, missing, confidence, typos);
    }

    private Interpretation answer(String text, String logic, List<ClauseInterpreter.Outcome> outcomes, List<MissingInfo> missing, double confidence, int typos) {
        List<Filling> fillings = outcomes.stream().map(ClauseInterpreter.Outcome::best).filter(Objects::nonNull).toList();
        List<TemplateMatch> matches = matches(outcomes, confidence);
        List<Condition> conditions = fillings.stream().map(Filling::condition).toList();
        if (!missing.isEmpty()) {
            return new Interpretation(Interpretation.Status.NEEDS_CLARIFICATION, matches, logic, conditions, missing, missing.get(0).code(), confidence, null);
        }
        AlertSpec spec = specs.write(text, fillings, logic, confidence, typos);
        return new Interpretation(Interpretation.Status.MATCHED, matches, logic, conditions, List.of(), null, confidence, spec);
    }

    private static List<TemplateMatch> matches(List<ClauseInterpreter.Outcome> outcomes, double confidence) {
        ClauseInterpreter.Outcome first = outcomes.stream().filter(o -> o.best() != null).findFirst().orElseThrow();
        List<TemplateMatch> matches = new ArrayList<>();
        for (Filling filling : first.ranked()) {
            double share = Math.max(0.05, confidence - 0.1 * (first.best().score() - filling.score()));
            double own = filling == first.best() ? confidence : Math.min(share, Math.max(0.05, confidence - 0.1));
            matches.add(new TemplateMatch(filling.template().id(), filling.template().eventType(), filling.template().subEvent(), Math.round(own * 1000) / 1000.0, filling.condition().parameters()));
        }
        return matches;
    }
}
