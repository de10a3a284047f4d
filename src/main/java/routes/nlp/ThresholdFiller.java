package routes.nlp;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Fills comparator, threshold and unit, and asks where they are missing, vague or do not fit the template. */
final class ThresholdFiller {

    /** What stands at a figure; everything else happens. */
    private static final Set<String> LEVELS = Set.of("price", "balance", "gas_price", "tx_fee", "tvl", "health_factor", "block_number", "reorg_depth");

    private final ClauseReading reading;
    private final Template template;
    private final Filling filling;

    private ThresholdFiller(ClauseReading reading, Template template, Filling filling) {
        this.reading = reading;
        this.template = template;
        this.filling = filling;
    }

    static void fill(ClauseReading reading, Template template, Filling filling) {
        ThresholdFiller filler = new ThresholdFiller(reading, template, filling);
        Comparison comparison = reading.comparison();
        if (comparison.quantity() == null) {
            filler.withoutFigure();
        } else {
            filler.withFigure(comparison);
        }
    }

    private void withoutFigure() {
        Mark vague = reading.own().stream().filter(m -> m.is(Kind.VAGUE) && !isExplained(m)).findFirst().orElse(null);
        boolean trend = reading.comparison().change();
        if (template.comparators().contains("none") && (reading.has("absence") || reading.has("stall") || reading.has("idle"))) {
            filling.put("comparator", "none", null);
            reading.own().stream().filter(m -> m.is(Kind.NEGATION)).forEach(filling.used()::add);
        } else if (vague != null) {
            if (vague.is(Kind.VAGUE, "up") || vague.is(Kind.VAGUE, "down")) {
                filling.put("comparator", vague.is(Kind.VAGUE, "up") ? "gt" : "lt", null);
            }
            filling.used().add(vague);
            filling.ask("vague_quantity", "threshold", List.of());
        } else if (template.comparators().contains("any") && (!trend || List.of("any", "up", "down").stream().anyMatch(t -> template.knows("trend_" + t) && reading.has("trend_" + t)))) {
            filling.put("comparator", "any", null);
        } else {
            reading.own().stream().filter(m -> m.is(Kind.TREND) || m.is(Kind.COMPARATOR)).forEach(filling.used()::add);
            filling.ask(trend ? "vague_quantity" : "missing_slot", "threshold", List.of());
        }
    }

    private boolean isExplained(Mark mark) {
        return mark.senses().stream().anyMatch(s -> s.kind() == Kind.CONCEPT && template.knows(s.value()));
    }

    private void withFigure(Comparison comparison) {
        if (!saysHowMuch(comparison)) {
            filling.ask("ambiguous_metric", "threshold", List.of("amount", "price", "time"));
            return;
        }
        Quantity figure = comparison.quantity();
        String op = comparison.op() == null ? template.defaultComparator() : comparison.op();
        vagueness(op);
        if (comparison.unclear()) {
            filling.ask("contradiction", "comparator", template.comparators());
        } else if (op == null) {
            filling.ask("missing_slot", "comparator", template.comparators());
        } else if (!template.comparators().contains(op)) {
            filling.ask("contradiction", "comparator", template.comparators());
        }
        // What "hits zero" comes from above.
        op = "gte".equals(op) && figure.low().signum() == 0 ? "lte" : op;
        if (op != null) {
            filling.put("comparator", op, null);
        }
        Mark origin = reading.all().stream().filter(m -> m.quantity() == figure).findFirst().orElse(null);
        filling.put("threshold", number(figure.low()), origin);
        if (figure.isRange()) {
            filling.put("threshold_high", number(figure.high()), origin);
        }
        unit(figure);
        if (figure.low().signum() == 0 && ("lt".equals(op) || "decreases_pct".equals(op))) {
            filling.ask("contradiction", "threshold", List.of());
        }
    }

    /**
     * "sells AVAX at 50 dollars" and "swaps PEPE on uniswap 3" do not say how much; "transfers of 500", "AVAX transfers 500" do. A figure
     * with neither comparator nor unit has to stand behind what happens, or behind what it happens to.
     */
    private boolean saysHowMuch(Comparison comparison) {
        if (LEVELS.contains(template.metric())) {
            return true;
        }
        boolean bare = comparison.op() == null && comparison.quantity().is(Quantity.Type.BARE) && "asset".equals(template.bareUnit());
        return !comparison.standsAt() && (!bare || isBehindEvent(comparison.quantity()));
    }

    private boolean isBehindEvent(Quantity figure) {
        List<Mark> marks = reading.all();
        return IntStream.range(1, marks.size()).filter(i -> marks.get(i).quantity() == figure).mapToObj(i -> marks.get(i - 1))
                .anyMatch(m -> m.text().equals("of") || m.is(Kind.ASSET) || ClauseSplitter.EVENTS.stream().anyMatch(event -> m.is(Kind.CONCEPT, event)));
    }

    /** "cheap, like under 15 gwei", "drops sharply, by 10 %": a vague word beside a figure is explained by it if both point the same way. */
    private void vagueness(String op) {
        for (Mark mark : reading.own()) {
            String side = mark.value(Kind.VAGUE);
            boolean agrees = "much".equals(side) && op != null || "up".equals(side) && op != null && op.startsWith("g") || "down".equals(side) && op != null && op.startsWith("l");
            if (agrees) {
                filling.used().add(mark);
            }
        }
    }

    private void unit(Quantity figure) {
        String kind = switch (figure.type()) {
            case BARE -> "number";
            case ASSET -> "asset";
            case CURRENCY -> "currency";
            case PERCENT -> "percent";
            case GAS -> "gas";
            case COUNT -> "count";
            case BLOCK -> "block";
            default -> "none";
        };
        if (figure.is(Quantity.Type.BARE)) {
            bareUnit();
            return;
        }
        if (!template.units().contains(kind)) {
            filling.ask("unit_mismatch", "unit", template.units());
        }
        filling.put("unit", figure.unit(), null);
        if (figure.is(Quantity.Type.GAS) && figure.unit().equals("wei")) {
            filling.put("threshold", number(Quantity.plain(figure.low().movePointLeft(9))), null);
            filling.put("unit", "gwei", null);
        }
        Object asset = filling.parameters().get("asset");
        if (figure.is(Quantity.Type.ASSET) && asset != null && !asset.toString().contains("/") && !ClauseReading.assetOfUnit(figure.unit()).equals(asset)) {
            filling.ask("unit_mismatch", "unit", List.of(asset.toString(), figure.unit()));
        }
    }

    private void bareUnit() {
        Mark currency = reading.all().stream().filter(m -> m.is(Kind.CURRENCY)).findFirst().orElse(null);
        Mark gas = reading.all().stream().filter(m -> m.is(Kind.UNIT, "gwei")).findFirst().orElse(null);
        String bare = template.bareUnit();
        if (currency != null && template.units().contains("currency")) {
            filling.put("unit", currency.value(Kind.CURRENCY), currency);
        } else if (gas != null && template.units().contains("gas")) {
            filling.put("unit", "gwei", gas);
        } else if ("asset".equals(bare) && reading.has("worth") && template.units().contains("currency")) {
            filling.put("unit", "USD", null);
            filling.assume("unit USD");
        } else if ("asset".equals(bare)) {
            Object asset = filling.parameters().get("asset");
            if (asset != null && !asset.toString().contains("/")) {
                filling.put("unit", asset, null);
                filling.assume("unit from asset");
            }
        } else if (bare != null) {
            filling.put("unit", bare, null);
            filling.assume("unit " + bare);
        } else {
            filling.ask("missing_slot", "unit", template.units());
        }
    }

    /** Whole numbers as integers, everything else as decimals; never in scientific notation. */
    static Number number(BigDecimal value) {
        BigDecimal plain = Quantity.plain(value);
        if (plain.scale() <= 0 && plain.precision() < 19) {
            return plain.longValueExact();
        }
        return plain;
    }

}
