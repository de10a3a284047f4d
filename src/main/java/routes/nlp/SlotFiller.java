package routes.nlp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Fills the slots a template declares from the reading of a clause. */
final class SlotFiller {

    private static final Set<String> THINGS = Set.of("ownership", "owner", "new owner", "implementation");

    private final Vocabulary vocabulary;
    private final ClauseReading reading;
    private final Filling filling;
    private final Template template;
    private final Filling neighbour;

    private SlotFiller(Vocabulary vocabulary, ClauseReading reading, Template template, int score, Filling neighbour) {
        this.vocabulary = vocabulary;
        this.reading = reading;
        this.template = template;
        this.neighbour = neighbour;
        filling = new Filling(template, score);
    }

    /** @param neighbour the filled clause before it, whose subject an incomplete clause shares; or null */
    static Filling fill(Vocabulary vocabulary, ClauseReading reading, Template template, int score, Filling neighbour) {
        SlotFiller filler = new SlotFiller(vocabulary, reading, template, score, neighbour);
        filler.fillAll();
        return filler.filling;
    }

    private void fillAll() {
        // A rise or fall beside a level is part of it only where the template is about something that rises and falls.
        reading.comparison().used().stream().filter(m -> !m.is(Kind.TREND) || m.is(Kind.CONCEPT) || reading.comparison().change() || template.knows("trend_" + m.value(Kind.TREND))).forEach(filling.used()::add);
        asset();
        chain();
        ThresholdFiller.fill(reading, template, filling);
        window();
        PartyFiller.fill(reading, template, filling);
        simple("protocol", Kind.PROTOCOL);
        signature();
        simple("token_id", Kind.TOKEN_ID);
        shareSubject();
        filling.parameters().putAll(template.fixed());
        askForMissing();
    }

    private void asset() {
        if (!template.hasSlot("asset")) {
            return;
        }
        Mark pair = first(Kind.PAIR);
        boolean takesPair = template.slot("asset").type().equals("pair");
        List<String> tickers = new ArrayList<>(reading.assets());
        if (template.hasSlot("protocol")) {
            // "aave" is a token and a protocol: here the protocol.
            reading.all().stream().filter(m -> m.is(Kind.ASSET) && m.is(Kind.PROTOCOL)).forEach(m -> tickers.remove(m.value(Kind.ASSET)));
        }
        if (pair != null && takesPair) {
            filling.put("asset", pair.value(Kind.PAIR), pair);
        } else if (pair != null && pair.value(Kind.PAIR).matches(".*/(USD|USDT|USDC|EUR)") && template.metric().equals("price")) {
            String[] sides = pair.value(Kind.PAIR).split("/");
            filling.put("asset", sides[0], pair);
        } else if (!tickers.isEmpty()) {
            filling.put("asset", tickers.get(0), null);
            reading.all().stream().filter(m -> tickers.get(0).equals(m.value(Kind.ASSET))).forEach(m -> filling.put("asset", tickers.get(0), m));
            second(tickers, takesPair);
        }
    }

    /** The other side of a swap, or of a pool: kept as a parameter, so that it is not lost. */
    private void second(List<String> tickers, boolean takesPair) {
        if (tickers.size() != 2 || !takesPair) {
            return;
        }
        Mark mark = reading.all().stream().filter(m -> tickers.get(1).equals(m.value(Kind.ASSET))).findFirst().orElse(null);
        if (mark != null) {
            filling.put("counter_asset", tickers.get(1), mark);
        }
    }

    private void chain() {
        if (!template.hasSlot("chain")) {
            return;
        }
        Mark stated = first(Kind.CHAIN);
        if (stated != null) {
            filling.put("chain", stated.value(Kind.CHAIN), stated);
            return;
        }
        Object ticker = filling.parameters().get("asset");
        if (ticker == null && !reading.assets().isEmpty()) {
            ticker = reading.assets().get(0);
        }
        Vocabulary.Asset asset = ticker == null ? null : vocabulary.asset(ticker.toString());
        if (!template.chainFrom().equals("stated") && asset != null && asset.nativeChain() != null) {
            filling.put("chain", asset.nativeChain(), null);
            filling.assume("chain from asset");
            if (!template.hasSlot("asset")) {
                // "eth block 22 million": the coin names the chain.
                reading.own().stream().filter(m -> asset.ticker().equals(m.value(Kind.ASSET))).forEach(filling.used()::add);
            }
        }
    }

    private void window() {
        Mark window = first(Kind.WINDOW);
        if (window == null || !template.hasSlot("window")) {
            return;
        }
        // "within a month, say 30 days": one time said twice.
        List<Mark> said = reading.own().stream().filter(m -> m.is(Kind.WINDOW)).toList();
        if (said.stream().map(m -> m.quantity().isoDuration()).distinct().count() == 1) {
            said.forEach(m -> filling.put("window", m.quantity().isoDuration(), m));
            reading.own().stream().filter(m -> m.is(Kind.EXCLUSION, "streak")).forEach(filling.used()::add);
        }
    }

    private void simple(String slot, Kind kind) {
        Mark mark = first(kind);
        if (template.hasSlot(slot) && mark != null && !filling.used().contains(mark)) {
            filling.put(slot, mark.value(kind), mark);
        }
    }

    private void signature() {
        if (!template.hasSlot("signature")) {
            return;
        }
        Mark signature = first(Kind.SIGNATURE);
        // "ownership of it is renounced": the deed says more than the thing.
        Mark privilege = reading.all().stream().filter(m -> m.is(Kind.PRIVILEGE) && !THINGS.contains(m.text())).findFirst().orElse(first(Kind.PRIVILEGE));
        if (signature != null) {
            filling.put("signature", signature.value(Kind.SIGNATURE).replace(" ", ""), signature);
            reading.all().stream().filter(m -> m.is(Kind.PRIVILEGE)).forEach(filling.used()::add);
        } else if (privilege != null && template.knows("privilege")) {
            filling.put("signature", privilege.value(Kind.PRIVILEGE), privilege);
            reading.all().stream().filter(m -> m.is(Kind.PRIVILEGE, privilege.value(Kind.PRIVILEGE)) || THINGS.contains(m.text())).forEach(filling.used()::add);
        }
    }

    /** "my wallet ... and holds less than 0.4 ETH": what a clause does not name it shares with the clause before it. */
    private void shareSubject() {
        if (neighbour == null) {
            return;
        }
        for (String slot : List.of("account", "contract", "protocol", "asset", "chain")) {
            Template.Slot wanted = template.slot(slot);
            boolean needed = wanted != null && (slot.equals("account") && hasNoSubject() || wanted.required() || slot.equals("account") && wanted.fallback() != null || template.requireOneOf().stream().anyMatch(g -> g.contains(slot) && g.stream().noneMatch(filling.parameters()::containsKey)));
            if (needed && !filling.parameters().containsKey(slot)) {
                Object shared = neighbour.parameters().get(slot);
                shared = shared == null && slot.equals("chain") ? nativeChain(neighbour.parameters().get("asset")) : shared;
                if (shared != null) {
                    filling.put(slot, shared, null);
                    filling.assume(slot + " from the clause before");
                    shareUnit(slot, shared);
                }
            }
        }
    }

    /** "borrows on aave or gets liquidated on aave": who, the clause before says. */
    private boolean hasNoSubject() {
        Mark head = reading.own().stream().filter(m -> !m.is(Kind.PUNCTUATION)).findFirst().orElse(null);
        return head != null && reading.parties().all().isEmpty() && head.text().matches("gets?|is|are|has|have|was|being|got");
    }

    private void shareUnit(String slot, Object asset) {
        if (slot.equals("asset")) {
            if ("asset".equals(template.bareUnit()) && reading.has("number")) {
                filling.put("unit", asset, null);
            }
            Object chain = template.chainFrom().equals("stated") ? null : nativeChain(asset);
            if (chain != null && template.hasSlot("chain")) {
                filling.parameters().putIfAbsent("chain", chain);
            }
        }
    }

    private String nativeChain(Object ticker) {
        Vocabulary.Asset asset = ticker == null ? null : vocabulary.asset(ticker.toString());
        return asset == null ? null : asset.nativeChain();
    }

    private void askForMissing() {
        for (Template.Slot slot : template.slots()) {
            if (filling.parameters().containsKey(slot.name())) {
                continue;
            }
            if (slot.fallback() != null) {
                filling.put(slot.name(), slot.fallback(), null);
                filling.assume(slot.name() + " " + slot.fallback());
            } else if (slot.required() && !isOptionalNow(slot)) {
                filling.ask("missing_slot", slot.name(), List.of());
            }
        }
        if (filling.parameters().containsKey("threshold") && !filling.parameters().containsKey("unit") && filling.missing().isEmpty()
                && !filling.parameters().containsKey("contract")) {
            filling.ask("missing_slot", "unit", template.units());
        }
        template.requireOneOf().stream().filter(group -> group.stream().noneMatch(filling.parameters()::containsKey))
                .forEach(group -> filling.ask("missing_slot", group.iterator().next(), new ArrayList<>(group)));
    }

    /** A window is needed by changes and by absence, not by levels. */
    private boolean isOptionalNow(Template.Slot slot) {
        return slot.type().equals("window") && template.comparators().contains("gt") && !reading.comparison().change() && !reading.has("absence") && !reading.has("stall") && !template.metric().equals("tx_count");
    }

    private Mark first(Kind kind) {
        return reading.own().stream().filter(m -> m.is(kind)).findFirst().orElse(reading.all().stream().filter(m -> m.is(kind)).findFirst().orElse(null));
    }
}
