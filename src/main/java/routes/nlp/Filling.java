package routes.nlp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A template with its slots filled from a clause: parameters, the marks they used up, what is missing and what was assumed. */
final class Filling {

    private final Template template;
    private final int score;
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final Map<String, Mark> origins = new LinkedHashMap<>();
    private final Set<Mark> used = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<MissingInfo> missing = new ArrayList<>();
    private final List<String> assumptions = new ArrayList<>();

    Filling(Template template, int score) {
        this.template = template;
        this.score = score;
    }

    Template template() {
        return template;
    }

    int score() {
        return score;
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    Map<String, Mark> origins() {
        return origins;
    }

    Set<Mark> used() {
        return used;
    }

    List<MissingInfo> missing() {
        return missing;
    }

    List<String> assumptions() {
        return assumptions;
    }

    void put(String slot, Object value, Mark origin) {
        parameters.put(slot, value);
        if (origin != null) {
            origins.put(slot, origin);
            used.add(origin);
        }
    }

    void ask(String code, String field, List<String> options) {
        if (missing.stream().noneMatch(m -> m.field().equals(field))) {
            missing.add(new MissingInfo(code, field, options));
        }
    }

    /** Takes a slot from another clause and stops asking for it. */
    void share(String slot, Object value) {
        parameters.put(slot, value);
        missing.removeIf(question -> question.field().equals(slot));
        assume(slot + " from the other clause");
    }

    boolean asksFor(String slot) {
        return missing.stream().anyMatch(question -> question.field().equals(slot));
    }

    void assume(String what) {
        assumptions.add(what);
    }

    Condition condition() {
        return new Condition(template.id(), template.subEvent(), Collections.unmodifiableMap(parameters));
    }
}
