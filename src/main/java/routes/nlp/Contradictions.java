package routes.nlp;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Finds conditions joined by "and" that can never hold together ("above 100k and below 90k"). */
final class Contradictions {

    private Contradictions() {
    }

    static boolean exist(List<Filling> conditions, String logic) {
        if (!"and".equals(logic)) {
            return false;
        }
        for (int i = 0; i < conditions.size(); i++) {
            for (int j = i + 1; j < conditions.size(); j++) {
                if (sameSubject(conditions.get(i), conditions.get(j)) && (exclude(conditions.get(i), conditions.get(j)) || exclude(conditions.get(j), conditions.get(i)))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean sameSubject(Filling a, Filling b) {
        return a.template() == b.template() && List.of("asset", "account", "contract", "protocol", "chain", "unit", "direction").stream()
                .allMatch(slot -> String.valueOf(a.parameters().get(slot)).equals(String.valueOf(b.parameters().get(slot))));
    }

    private static boolean exclude(Filling lower, Filling upper) {
        BigDecimal from = bound(lower.parameters(), "g");
        BigDecimal to = bound(upper.parameters(), "l");
        if (from == null || to == null) {
            return false;
        }
        boolean strict = lower.parameters().get("comparator").equals("gt") || upper.parameters().get("comparator").equals("lt");
        int order = from.compareTo(to);
        return order > 0 || order == 0 && strict;
    }

    private static BigDecimal bound(Map<String, Object> slots, String side) {
        Object comparator = slots.get("comparator");
        boolean exact = "eq".equals(comparator);
        boolean bounded = comparator != null && (comparator.toString().startsWith(side) || exact) && slots.get("threshold") != null;
        return bounded ? new BigDecimal(slots.get("threshold").toString()) : null;
    }
}
