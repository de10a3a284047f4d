package routes.nlp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The parties of a clause and who sends to whom. */
final class Parties {

    private static final Pattern OF_THE_USER = Pattern.compile(".*\\bmy\\b.*|(?:i|i'm|i've|im|ive|we|we're|we've) .*|(?:on|upon) .*rec.*|.* (?:mine|me|us)");

    private static final Set<String> VERBS = Set.of("send", "receive", "transfer", "call", "event_word", "approve", "fail", "swap", "add", "remove", "borrow", "liquidation", "mint", "burn", "pay");

    private final List<Mark> marks;
    private final List<Party> all = new ArrayList<>();
    private Party sender;
    private Party receiver;

    private Parties(List<Mark> marks) {
        this.marks = marks;
    }

    /**
     * @param marks     the clause's own marks
     * @param inherited what "it" and "its" may refer to where the clause names nobody else
     */
    static Parties read(List<Mark> marks, List<Mark> inherited) {
        Parties parties = new Parties(marks);
        parties.collect(inherited);
        parties.assignFlow();
        return parties;
    }

    List<Party> all() {
        return all;
    }

    Party sender() {
        return sender;
    }

    Party receiver() {
        return receiver;
    }

    /** "out", "in", or null where the clause does not say which way something goes. */
    String direction() {
        boolean sends = concept("send");
        boolean receives = receives();
        boolean passive = marks.stream().anyMatch(m -> m.is(Kind.CONCEPT, "receive") && m.text().matches("(?:is|are|was|gets?|got|being) .*"));
        if (sender != null && receiver != null && sender.role() == Party.Role.FROM && receiver.role() == Party.Role.TO && passive) {
            return receiver.isMe() ? "in" : "out";
        }
        if (sender != null && receiver == null && sender.role() == Party.Role.FROM && passive) {
            return "out";
        }
        if (sender != null && receiver != null) {
            return receiver.isMe() || receives && !sends && !sender.isMe() ? "in" : "out";
        }
        if (sender != null) {
            return receives && !sends && !sender.isMe() ? "in" : "out";
        }
        if (receiver != null) {
            return marks.stream().anyMatch(m -> m.text().startsWith("out")) && !receiver.isMe() ? "out" : "in";
        }
        return sends == receives ? null : sends ? "out" : "in";
    }

    private void collect(List<Mark> inherited) {
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            String value = value(mark);
            if (value != null && !(value.equals(Party.ME) && ownsLabel(i))) {
                boolean payee = mark.is(Kind.CONCEPT) && mark.text().matches(".* (?:me|us)");
                add(new Party(value, payee ? Party.Role.TO : role(i), mark, beside(i, "contract") || beside(i, "collection") || i > 0 && mark.is(Kind.ADDRESS) && marks.get(i - 1).is(Kind.CONCEPT, "nft"), beside(i, "wallet")));
            }
        }
        for (int i = 0; i < marks.size(); i++) {
            if (marks.get(i).is(Kind.PARTY, "it") && all.isEmpty()) {
                Party other = lastNamed(inherited);
                if (other != null) {
                    add(new Party(other.value(), role(i), marks.get(i), false, false));
                }
            }
        }
    }

    private void add(Party party) {
        for (int i = 0; i < all.size(); i++) {
            Party known = all.get(i);
            if (known.value().equals(party.value())) {
                // "I send 1 ETH from my wallet": one party; what a preposition says about it is the stronger word.
                if (known.role() == Party.Role.SUBJECT || known.role() == Party.Role.OBJECT || known.role() == Party.Role.OWNER) {
                    all.set(i, party.role() == Party.Role.SUBJECT || party.role() == Party.Role.OBJECT ? known : party);
                }
                return;
            }
        }
        all.add(party);
    }

    /** The party a clause is about, for an "its" in the next. */
    private static Party lastNamed(List<Mark> inherited) {
        List<Party> named = read(inherited, List.of()).all();
        return named.stream().filter(p -> p.role() == Party.Role.SUBJECT || p.role() == Party.Role.OWNER || p.role() == Party.Role.FROM).findFirst()
                .orElse(named.isEmpty() ? null : named.get(0));
    }

    private static String value(Mark mark) {
        // "hits my wallet", "one of my transactions": phrases that name the user.
        boolean mine = mark.is(Kind.CONCEPT) && OF_THE_USER.matcher(mark.text()).matches();
        if (mark.is(Kind.PARTY, "me") || mine) {
            return Party.ME;
        }
        if (mark.is(Kind.ADDRESS)) {
            return mark.value(Kind.ADDRESS);
        }
        return mark.is(Kind.LABEL) ? "label:" + mark.value(Kind.LABEL) : null;
    }

    private boolean ownsLabel(int i) {
        for (int next = i + 1; next < marks.size() && next <= i + 2; next++) {
            if (marks.get(next).is(Kind.LABEL)) {
                return true;
            }
            if (!marks.get(next).isSilent()) {
                return false;
            }
        }
        return false;
    }

    private Party.Role role(int i) {
        for (int before = i - 1; before >= 0; before--) {
            Mark mark = marks.get(before);
            String preposition = mark.value(Kind.PREPOSITION);
            if (preposition != null) {
                return switch (preposition) {
                    case "from" -> Party.Role.FROM;
                    case "to" -> Party.Role.TO;
                    case "by" -> Party.Role.BY;
                    case "of" -> Party.Role.OWNER;
                    case "between" -> Party.Role.OBJECT;
                    default -> Party.Role.PLACE;
                };
            }
            if (mark.is(Kind.CONCEPT) && mark.text().endsWith(" of") && (mark.is(Kind.CONCEPT, "tx") || mark.is(Kind.CONCEPT, "tvl"))) {
                return Party.Role.OWNER;
            }
            boolean passed = mark.is(Kind.FILLER) || mark.is(Kind.NOUN) || mark.is(Kind.PARTY, "me") && marks.get(i).is(Kind.LABEL) || mark.is(Kind.CHAIN) && !mark.is(Kind.ASSET)
                    || mark.is(Kind.PROTOCOL) && !mark.is(Kind.ASSET) && !mark.is(Kind.LABEL);
            if (!passed) {
                break;
            }
        }
        for (int before = i - 1; before >= 0; before--) {
            if (marks.get(before).senses().stream().anyMatch(s -> s.kind() == Kind.CONCEPT && VERBS.contains(s.value()))) {
                return Party.Role.OBJECT;
            }
        }
        return Party.Role.SUBJECT;
    }

    private boolean beside(int i, String noun) {
        for (int near = Math.max(0, i - 2); near <= Math.min(marks.size() - 1, i + 1); near++) {
            boolean reached = near == i - 1 || near == i + 1 || near == i - 2 && (marks.get(i - 1).is(Kind.FILLER) || marks.get(i - 1).is(Kind.NOUN));
            if (reached && marks.get(near).is(Kind.NOUN, noun)) {
                return true;
            }
        }
        return false;
    }

    private void assignFlow() {
        boolean receives = receives() && !concept("send");
        boolean someone = marks.stream().anyMatch(m -> m.is(Kind.PARTY, "someone"));
        for (Party party : all) {
            switch (party.role()) {
                case FROM -> sender = party;
                case TO -> receiver = party;
                case BY -> sender = sender == null && !receives ? party : sender;
                case PLACE -> receiver = receives && !party.contract() ? party : receiver;
                default -> { }
            }
        }
        for (Party party : all) {
            if (party == sender || party == receiver || party.role() == Party.Role.PLACE || party.contract()) {
                continue;
            }
            boolean given = party.role() == Party.Role.OBJECT && !receives && (sender != null || someone) && !marks.stream().anyMatch(m -> m.text().equals("leaving") || m.text().startsWith("exit"));
            if ((given || receives) && receiver == null) {
                receiver = party;
            } else {
                sender = sender == null ? party : sender;
            }
        }
    }

    /** Receives in so many words, or "gets" where nothing else happens. */
    private boolean receives() {
        boolean other = marks.stream().anyMatch(m -> m.is(Kind.CONCEPT) && m.senses().stream().anyMatch(s -> VERBS.contains(s.value())));
        return concept("receive") || concept("get") && !other;
    }

    private boolean concept(String name) {
        return marks.stream().anyMatch(m -> m.is(Kind.CONCEPT, name));
    }
}
