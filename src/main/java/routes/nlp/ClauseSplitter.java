package routes.nlp;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Splits the marks of a sentence at its conjunctions: into clauses where both sides say something of their own ("ETH above 4k and gas
 * under 20"), into one clause for each name where they join names ("ETH or BTC above 4k").
 */
final class ClauseSplitter {

    /** @param logic and|or, null for one clause; @param mixed whether "and" and "or" meet, or clauses stand side by side unjoined */
    record Split(List<Clause> clauses, String logic, boolean mixed) {
    }

    /** More conjunctions than this are asked about: lists of lists would make exponentially many clauses. */
    private static final int MAX_CONJUNCTIONS = 5;
    private static final int MAX_CLAUSES = 6;

    static final Set<String> EVENTS = Set.of("send", "receive", "transfer", "approve", "fail", "mint", "burn", "call", "produce", "stall", "reorg", "slash", "swap", "add", "remove",
            "borrow", "liquidation", "sale");
    private static final EnumSet<Kind> NAMES = EnumSet.of(Kind.ASSET, Kind.CHAIN, Kind.PROTOCOL, Kind.LABEL, Kind.ADDRESS, Kind.COLLECTION, Kind.PAIR, Kind.SIGNATURE, Kind.PARTY);
    private static final Set<String> LIST_COMMAS = Set.of(",", ";");
    private static final Mark JOINT = Mark.of(Kind.PUNCTUATION, "joint", "joint", 0, 0);

    private final List<List<Mark>> clauses = new ArrayList<>();
    private String logic;
    private boolean mixed;

    private ClauseSplitter() {
    }

    static Split split(List<Mark> marks) {
        if (marks.stream().filter(m -> m.is(Kind.CONJUNCTION)).count() > MAX_CONJUNCTIONS) {
            return new Split(List.of(new Clause(marks, List.of())), null, true);
        }
        ClauseSplitter splitter = new ClauseSplitter();
        splitter.cut(marks);
        splitter.completeBareVerbs();
        List<List<Mark>> expanded = new ArrayList<>();
        splitter.clauses.forEach(clause -> expanded.addAll(splitter.expanded(clause)));
        if (expanded.size() > MAX_CLAUSES) {
            return new Split(List.of(new Clause(marks, List.of())), null, true);
        }
        List<Clause> clauses = new ArrayList<>();
        for (int i = 0; i < expanded.size(); i++) {
            clauses.add(new Clause(expanded.get(i), inheritedBy(expanded, i)));
        }
        return new Split(clauses, clauses.size() > 1 ? splitter.logic : null, splitter.mixed);
    }

    private void cut(List<Mark> marks) {
        List<Mark> current = new ArrayList<>();
        List<Mark> segment = new ArrayList<>();
        Mark conjunction = null;
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            Mark joint = mark.is(Kind.CONJUNCTION) && !isPostfix(mark, segment) ? mark : listComma(marks, i, segment);
            if (joint != null) {
                current = attach(current, conjunction, segment);
                conjunction = joint;
                segment = new ArrayList<>();
            } else {
                segment.add(mark);
            }
        }
        clauses.add(attach(current, conjunction, segment));
    }

    /** "BTC above 100k, ETH above 4k and SOL above 200": the conjunction a comma between two whole conditions stands for, or null. */
    private static Mark listComma(List<Mark> marks, int at, List<Mark> before) {
        if (!LIST_COMMAS.contains(marks.get(at).text()) || !isWhole(before, false)) {
            return null;
        }
        int next = at + 1;
        while (next < marks.size() && !marks.get(next).is(Kind.CONJUNCTION) && !LIST_COMMAS.contains(marks.get(next).text())) {
            next++;
        }
        Mark conjunction = marks.subList(at, marks.size()).stream().filter(m -> m.is(Kind.CONJUNCTION)).findFirst().orElse(null);
        return conjunction != null && isWhole(marks.subList(at + 1, next), true) && isWhole(marks.subList(marks.indexOf(conjunction) + 1, marks.size()), true) ? conjunction : null;
    }

    /** Whether marks have a subject and say something of it. */
    private static boolean isWhole(List<Mark> marks, boolean joined) {
        boolean subject = marks.stream().anyMatch(m -> NAMES.stream().anyMatch(m::is) || m.is(Kind.CONCEPT) && !m.is(Kind.TREND) || m.is(Kind.QUANTITY) && m.quantity().is(Quantity.Type.ASSET));
        boolean compared = marks.stream().anyMatch(m -> m.is(Kind.COMPARATOR) || m.is(Kind.TREND)) && marks.stream().anyMatch(m -> m.is(Kind.QUANTITY));
        return subject && (compared || marks.stream().anyMatch(m -> m.is(Kind.MULTIPLE) || isVerb(m))) && !(joined && startsAnew(marks));
    }

    /** "10 plus" at the end of a figure is "or more", not "and". */
    private static boolean isPostfix(Mark mark, List<Mark> before) {
        return mark.is(Kind.POSTFIX) && !before.isEmpty() && before.get(before.size() - 1).is(Kind.QUANTITY);
    }

    /** Joins a segment to the clause in hand, or closes the clause and starts the next with the segment. */
    private List<Mark> attach(List<Mark> current, Mark conjunction, List<Mark> segment) {
        if (conjunction == null) {
            return segment;
        }
        if (saysSomething(current) && saysSomething(segment)) {
            clauses.add(current);
            join(conjunction.value(Kind.CONJUNCTION));
            return segment;
        }
        List<Mark> joined = new ArrayList<>(current);
        if (!startsAnew(segment) && sharedName(current, segment) != null) {
            joined.add(JOINT);
            joined.add(conjunction);
        } else if (!startsAnew(segment) && !isIdle(current)) {
            joined.add(conjunction);
        }
        joined.addAll(segment);
        return joined;
    }

    /** "sends or receives more than 10 ETH", "over 3m USDT is minted or burned": two verbs side by side share what stands around them. */
    private void completeBareVerbs() {
        for (int i = clauses.size() - 2; i >= 0; i--) {
            List<Mark> left = clauses.get(i);
            List<Mark> right = clauses.get(i + 1);
            Mark last = telling(left, true);
            Mark first = telling(right, false);
            if (first != null && first.is(Kind.CONCEPT, "liquidity")) {
                first = telling(right.subList(right.indexOf(first) + 1, right.size()), false);
            }
            List<Mark> behind = first == null ? List.of() : right.subList(right.indexOf(first) + 1, right.size());
            boolean figures = hasFigure(left) && hasFigure(behind);
            if (isVerb(last) && isVerb(first) && !figures) {
                boolean twoPrepositions = left.get(left.size() - 1).is(Kind.PREPOSITION) && !behind.isEmpty() && behind.get(0).is(Kind.PREPOSITION);
                List<Mark> one = new ArrayList<>(left);
                one.addAll(behind.subList(twoPrepositions ? 1 : 0, behind.size()));
                List<Mark> other = new ArrayList<>(left.subList(0, left.indexOf(last)));
                other.addAll(right);
                clauses.set(i, one);
                clauses.set(i + 1, other);
            }
        }
    }

    private static boolean hasFigure(List<Mark> marks) {
        return marks.stream().anyMatch(m -> m.is(Kind.QUANTITY) || m.is(Kind.WINDOW));
    }

    private static boolean isVerb(Mark mark) {
        return mark != null && mark.is(Kind.CONCEPT) && mark.senses().stream().anyMatch(s -> s.kind() == Kind.CONCEPT && EVENTS.contains(s.value()));
    }

    private void join(String with) {
        mixed |= logic != null && !logic.equals(with);
        logic = with;
    }

    static boolean saysSomething(List<Mark> marks) {
        boolean denied = marks.stream().anyMatch(m -> m.is(Kind.NEGATION) || m.is(Kind.CONCEPT, "idle")) && marks.stream().anyMatch(m -> m.is(Kind.WINDOW));
        return denied || marks.stream().anyMatch(mark -> mark.is(Kind.QUANTITY) || mark.is(Kind.MULTIPLE) || mark.is(Kind.PRIVILEGE) || mark.is(Kind.VAGUE) && !mark.is(Kind.CONCEPT)
                || mark.is(Kind.TREND) && !mark.is(Kind.CONCEPT) || mark.is(Kind.CONCEPT, "event_word") && !mark.text().matches("events?|logs?")
                || mark.senses().stream().anyMatch(s -> s.kind() == Kind.CONCEPT && EVENTS.contains(s.value())));
    }

    /** Whether a segment only repeats the request ("... and ping me"). */
    private static boolean startsAnew(List<Mark> segment) {
        for (Mark mark : segment) {
            if (mark.is(Kind.REQUEST)) {
                return true;
            }
            if (!mark.is(Kind.FILLER) && !mark.is(Kind.PUNCTUATION)) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing but a request or a wallet stands before the conjunction ("watch my wallet and tell me if ..."). */
    private static boolean isIdle(List<Mark> marks) {
        return marks.stream().allMatch(m -> m.isSilent() || m.isParty() || m.is(Kind.NOUN) || m.is(Kind.PUNCTUATION));
    }

    private static Kind sharedName(List<Mark> left, List<Mark> right) {
        Mark last = telling(left, true);
        Mark first = firstName(right, last);
        if (last == null || first == null || first.is(Kind.PARTY, "it") || last.is(Kind.PARTY, "it")) {
            return null;
        }
        return NAMES.stream().filter(kind -> last.is(kind) && first.is(kind)).findFirst()
                .orElse(last.isParty() && first.isParty() ? Kind.PARTY : null);
    }

    /** The first telling mark; in "my AVAX or my SOL" the one behind the "my". */
    private static Mark firstName(List<Mark> marks, Mark last) {
        Mark first = telling(marks, false);
        boolean owner = first != null && first.is(Kind.PARTY, "me") && last != null && !last.isParty();
        return owner ? telling(marks.subList(marks.indexOf(first) + 1, marks.size()), false) : first;
    }

    private static Mark telling(List<Mark> marks, boolean fromEnd) {
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(fromEnd ? marks.size() - 1 - i : i);
            boolean passed = mark.isSilent() || mark.is(Kind.NOUN) && !mark.is(Kind.LABEL) || mark.is(Kind.PUNCTUATION) || mark.is(Kind.PREPOSITION);
            if (!passed) {
                return mark;
            }
        }
        return null;
    }

    /** A clause for each name of a list. */
    private List<List<Mark>> expanded(List<Mark> clause) {
        int joint = clause.lastIndexOf(JOINT);
        if (joint < 0) {
            return List.of(clause);
        }
        List<Mark> left = clause.subList(0, joint);
        List<Mark> right = clause.subList(joint + 2, clause.size());
        Kind kind = sharedName(left, right);
        Mark last = telling(left, true);
        Mark first = firstName(right, last);
        join(clause.get(joint + 1).value(Kind.CONJUNCTION));
        List<Mark> members = new ArrayList<>(List.of(last));
        for (int i = left.indexOf(last) - 1; i > 0 && left.get(i).text().equals(","); i -= 2) {
            if (left.get(i - 1).is(kind)) {
                members.add(0, left.get(i - 1));
            }
        }
        members.add(first);
        Set<List<Mark>> all = new LinkedHashSet<>();
        List<Mark> whole = new ArrayList<>(left);
        whole.addAll(right);
        for (Mark member : members) {
            List<Mark> one = new ArrayList<>(whole);
            one.removeIf(mark -> mark != member && members.contains(mark));
            all.addAll(expanded(one));
        }
        return List.copyOf(all);
    }

    /** What a clause may take from its neighbour: the clause before it, or for a bare first clause the one behind it. */
    private static List<Mark> inheritedBy(List<List<Mark>> clauses, int i) {
        if (i > 0) {
            List<Mark> marks = new ArrayList<>();
            for (int before = i - 1; before >= 0; before--) {
                marks.addAll(clauses.get(before));
            }
            return marks;
        }
        return clauses.size() > 1 ? clauses.get(1) : List.of();
    }
}
