package routes.nlp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the template of a clause: ranks all by their declared patterns, fills the best and checks what is left over. */
final class ClauseInterpreter {

    /**
     * @param ranked  filled templates, best first; empty where none fits
     * @param margin  score of the best over the second
     * @param residue what the best leaves unexplained
     * @param reading the clause as read
     */
    record Outcome(List<Filling> ranked, int margin, List<Mark> residue, ClauseReading reading) {

        Filling best() {
            return ranked.isEmpty() ? null : ranked.get(0);
        }
    }

    private static final int SHOWN = 3;
    /** What a word no sense of which a template knows takes off its score. */
    private static final int UNKNOWN_CONCEPT = 3;

    private record Ranked(Template template, int score) {
    }

    private final Vocabulary vocabulary;
    private final TemplateCatalogue catalogue;

    ClauseInterpreter(Vocabulary vocabulary, TemplateCatalogue catalogue) {
        this.vocabulary = vocabulary;
        this.catalogue = catalogue;
    }

    /**
     * @param clause    the clause
     * @param neighbour the filled clause before it, or null
     */
    Outcome interpret(Clause clause, Filling neighbour) {
        List<Mark> own = networksResolved(clause.own());
        List<Mark> inherited = networksResolved(clause.inherited());
        ClauseReading alone = new ClauseReading(vocabulary, own, List.of(), inherited);
        List<Ranked> ranked = rank(alone);
        ClauseReading reading = alone;
        if (!inherited.isEmpty() && (ranked.isEmpty() || isElliptic(own))) {
            ClauseReading completed = new ClauseReading(vocabulary, own, inherited, inherited);
            List<Ranked> better = rank(completed);
            if (!better.isEmpty()) {
                ranked = better;
                reading = completed;
            }
        }
        List<Filling> fillings = new ArrayList<>();
        for (Ranked one : ranked.subList(0, Math.min(SHOWN, ranked.size()))) {
            fillings.add(SlotFiller.fill(vocabulary, reading, one.template, one.score, neighbour));
        }
        int margin = ranked.size() > 1 ? ranked.get(0).score - ranked.get(1).score : 9;
        List<Mark> residue = fillings.isEmpty() ? List.of() : Coverage.residue(reading, fillings.get(0));
        return new Outcome(fillings, margin, residue, reading);
    }

    /** "drops 5% or gains 10% in a day", "gas under 10 gwei and ETH below $3,000": what only a later clause says. */
    void shareForwards(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            for (Outcome other : outcomes) {
                if (outcome.best() == null || other.best() == null || other == outcome) {
                    continue;
                }
                Filling mine = outcome.best();
                Filling theirs = other.best();
                Object window = theirs.parameters().get("window");
                if (mine.asksFor("window") && window != null && theirs.template() == mine.template()) {
                    mine.share("window", window);
                }
                Vocabulary.Asset asset = vocabulary.asset(String.valueOf(theirs.parameters().get("asset")));
                if (mine.asksFor("chain") && asset != null && asset.nativeChain() != null) {
                    mine.share("chain", asset.nativeChain());
                }
            }
        }
    }

    /** "I revoke or change an approval" says one condition twice. */
    static void dropRepeated(List<Outcome> outcomes) {
        Set<Object> seen = new HashSet<>();
        outcomes.removeIf(o -> o.best() != null && o.residue().isEmpty() && o.best().missing().isEmpty() && !seen.add(o.best().condition()));
    }

    private List<Ranked> rank(ClauseReading reading) {
        List<Ranked> ranked = new ArrayList<>();
        for (Template template : catalogue.templates()) {
            int best = template.score(reading.features());
            if (best > 0) {
                ranked.add(new Ranked(template, best - UNKNOWN_CONCEPT * (int) Coverage.unexplainedConcepts(reading, template)));
            }
        }
        ranked.sort(Comparator.comparingInt((Ranked r) -> -r.score));
        return ranked;
    }

    /** A clause that names neither a subject nor an event of its own. */
    private static boolean isElliptic(List<Mark> own) {
        return own.stream().noneMatch(m -> m.is(Kind.CONCEPT) && !m.is(Kind.TREND) && !m.is(Kind.COMPARATOR) || m.is(Kind.ASSET) || m.is(Kind.PAIR) || m.isParty() || m.is(Kind.PRIVILEGE));
    }

    /**
     * "ethereum" is a chain behind "on" and beside words of chains (gas, block, whale), and where the clause names its coin anyway;
     * otherwise it is the coin.
     */
    static List<Mark> networksResolved(List<Mark> marks) {
        Set<String> concepts = new HashSet<>();
        marks.forEach(m -> m.senses().stream().filter(s -> s.kind() == Kind.CONCEPT).forEach(s -> concepts.add(s.value())));
        boolean chainTalk = Set.of("gas", "block", "reorg", "slash", "validator", "whale", "stall").stream().anyMatch(concepts::contains);
        List<Mark> resolved = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            if (!mark.is(Kind.CHAIN) || !mark.is(Kind.ASSET)) {
                resolved.add(mark);
                continue;
            }
            boolean behindOn = i > 0 && (marks.get(i - 1).is(Kind.PREPOSITION, "on") || i > 1 && marks.get(i - 1).is(Kind.FILLER) && marks.get(i - 2).is(Kind.PREPOSITION, "on"));
            boolean beforeChain = i + 1 < marks.size() && Set.of("chain", "network", "mainnet", "blockchain", "networks").contains(marks.get(i + 1).text());
            boolean coinNamed = marks.stream().anyMatch(m -> m != mark && (m.is(Kind.ASSET) && !m.is(Kind.CHAIN) || m.is(Kind.QUANTITY) && m.quantity().is(Quantity.Type.ASSET)));
            boolean chain = behindOn || beforeChain || chainTalk || coinNamed;
            resolved.add(mark.withSenses(mark.senses().stream().filter(s -> chain ? s.kind() != Kind.ASSET : s.kind() != Kind.CHAIN).toList()));
        }
        return resolved;
    }
}
