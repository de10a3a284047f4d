package routes.nlp;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What has to be asked back, and in which order: the first code is the reason of the answer. */
final class Questions {

    private Questions() {
    }

    static List<MissingInfo> about(ClauseSplitter.Split split, List<ClauseInterpreter.Outcome> outcomes) {
        List<MissingInfo> missing = new ArrayList<>();
        List<Filling> fillings = outcomes.stream().map(ClauseInterpreter.Outcome::best).filter(Objects::nonNull).toList();
        if (Contradictions.exist(fillings, split.logic())) {
            missing.add(new MissingInfo("contradiction", "threshold", List.of()));
        }
        for (ClauseInterpreter.Outcome outcome : outcomes) {
            if (outcome.best() == null) {
                add(missing, new MissingInfo("unparsed_residue", "sub_event", texts(outcome.reading().own())));
                continue;
            }
            if (outcome.margin() <= 0) {
                add(missing, new MissingInfo("ambiguous_metric", "sub_event", outcome.ranked().stream().map(f -> f.template().subEvent()).toList()));
            }
            outcome.best().missing().forEach(m -> add(missing, m));
            residue(missing, outcome);
        }
        if (split.mixed()) {
            missing.add(new MissingInfo("ambiguous_logic", "logic", List.of("and", "or")));
        }
        return missing;
    }

    private static void residue(List<MissingInfo> missing, ClauseInterpreter.Outcome outcome) {
        List<Mark> residue = outcome.residue();
        if (residue.isEmpty()) {
            return;
        }
        boolean address = residue.stream().anyMatch(m -> m.is(Kind.PARTIAL_ADDRESS));
        boolean vague = residue.stream().allMatch(m -> m.is(Kind.VAGUE));
        boolean asked = outcome.best().missing().stream().anyMatch(m -> m.code().equals("vague_quantity"));
        if (address) {
            missing.add(0, new MissingInfo("invalid_address", "address", texts(residue.stream().filter(m -> m.is(Kind.PARTIAL_ADDRESS)).toList())));
        } else if (vague && !asked) {
            add(missing, new MissingInfo("vague_quantity", "threshold", texts(residue)));
        } else if (!vague) {
            add(missing, new MissingInfo("unparsed_residue", "sentence", texts(residue)));
        }
    }

    /** No template at all: a question where the sentence speaks of this world, a refusal where it does not. */
    static Interpretation withoutTemplate(List<Mark> marks, List<ClauseInterpreter.Outcome> outcomes) {
        boolean name = marks.stream().anyMatch(m -> m.is(Kind.ASSET) || m.is(Kind.PAIR) || m.is(Kind.CHAIN) || m.is(Kind.PROTOCOL) || m.is(Kind.ADDRESS) || m.is(Kind.COLLECTION) || m.is(Kind.QUANTITY) && m.quantity().is(Quantity.Type.ASSET));
        boolean figure = marks.stream().anyMatch(m -> m.is(Kind.QUANTITY) || m.is(Kind.MULTIPLE));
        boolean compared = marks.stream().anyMatch(m -> m.is(Kind.COMPARATOR) || m.is(Kind.TREND));
        boolean event = marks.stream().anyMatch(m -> m.is(Kind.CONCEPT));
        boolean partial = marks.stream().anyMatch(m -> m.is(Kind.PARTIAL_ADDRESS));
        long unknown = marks.stream().filter(m -> m.is(Kind.UNKNOWN)).count();
        boolean request = marks.stream().anyMatch(m -> m.is(Kind.REQUEST));
        boolean ours = partial || name && unknown == 0 || name && (figure || compared || event || request) || figure && compared || event && (request || figure || compared);
        if (!ours || !name && !partial && unknown > 2) {
            return Interpretation.refused("out_of_domain");
        }
        List<MissingInfo> missing = new ArrayList<>();
        if (partial) {
            missing.add(new MissingInfo("invalid_address", "address", List.of()));
        }
        String code = name && figure && unknown == 0 ? "ambiguous_metric" : "missing_slot";
        if (!name && !partial) {
            missing.add(new MissingInfo("missing_slot", "asset", List.of()));
        }
        missing.add(new MissingInfo(code, "sub_event", code.equals("ambiguous_metric") ? List.of("PRICE_THRESHOLD", "BALANCE_THRESHOLD", "GAS_PRICE_THRESHOLD") : List.of()));
        return new Interpretation(Interpretation.Status.NEEDS_CLARIFICATION, List.of(), null, List.of(), missing, missing.get(0).code(), 0.2, null);
    }

    private static void add(List<MissingInfo> missing, MissingInfo one) {
        if (missing.stream().noneMatch(m -> m.code().equals(one.code()) && m.field().equals(one.field()))) {
            missing.add(one);
        }
    }

    private static List<String> texts(List<Mark> marks) {
        return marks.stream().filter(m -> !m.is(Kind.PUNCTUATION)).map(Mark::text).toList();
    }
}
