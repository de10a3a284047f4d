package routes.nlp;

import java.util.List;

/** Fills account, contract, counterparty and direction from the parties of a clause. */
final class PartyFiller {

    private final ClauseReading reading;
    private final Template template;
    private final Filling filling;

    private PartyFiller(ClauseReading reading, Template template, Filling filling) {
        this.reading = reading;
        this.template = template;
        this.filling = filling;
    }

    static void fill(ClauseReading reading, Template template, Filling filling) {
        PartyFiller filler = new PartyFiller(reading, template, filling);
        filler.collection();
        if (template.parties().equals("flow")) {
            filler.flow();
        } else {
            filler.places();
        }
        filler.direction();
        reading.own().stream().filter(m -> m.is(Kind.PARTY) && (!m.is(Kind.PARTY, "me") || filling.parameters().containsValue(Party.ME) || filler.ownsLabel(m))).forEach(filling.used()::add);
    }

    private boolean ownsLabel(Mark mark) {
        return mark.is(Kind.PARTY, "me") && reading.parties().all().stream().noneMatch(Party::isMe);
    }

    private void collection() {
        Mark collection = reading.all().stream().filter(m -> m.is(Kind.COLLECTION)).findFirst().orElse(null);
        if (collection != null && template.hasSlot("contract") && template.knows("collection")) {
            filling.put("contract", "label:" + collection.text().replace("'s", ""), collection);
        }
    }

    /** Transfers: the user's side, or the sender, is the account; the other side the counterparty. */
    private void flow() {
        Parties parties = reading.parties();
        for (Party party : parties.all()) {
            boolean place = party.contract() || party.role() == Party.Role.PLACE && party.mark().is(Kind.ADDRESS);
            // Where the template puts the contract first, "from contract 0x..." is the contract of the token, not a sender.
            boolean token = party.mark().is(Kind.ADDRESS) && party.role() == Party.Role.OWNER && reading.has("token_id");
            boolean first = template.slots().get(0).name().equals("contract") && (party.contract() || token);
            if ((place || token) && template.hasSlot("contract") && (first || party != parties.sender() && party != parties.receiver())) {
                put("contract", party);
            }
        }
        Party sender = other(parties.sender());
        Party receiver = other(parties.receiver());
        boolean in = "in".equals(parties.direction());
        Party account = in ? receiver : sender;
        Party other = in ? sender : receiver;
        if (account != null) {
            put("account", account);
        }
        if (other != null && template.hasSlot("counterparty")) {
            put("counterparty", other);
        } else if (other != null && account == null) {
            put("account", other);
        }
    }

    /** The party, unless it has become the contract already. */
    private Party other(Party party) {
        return party == null || party.value().equals(filling.parameters().get("contract")) ? null : party;
    }

    /** Everything else: nouns and prepositions tell contracts from accounts, the template which of the two it expects first. */
    private void places() {
        List<Party> parties = reading.parties().all();
        boolean pool = template.parties().equals("pool");
        boolean contractFirst = template.parties().equals("contract") || pool;
        for (Party party : parties) {
            if (counterparty(party)) {
                put("counterparty", party);
                continue;
            }
            boolean address = party.mark().is(Kind.ADDRESS);
            boolean acts = pool && party.role() == Party.Role.SUBJECT && !party.contract() || party.isMe() || party.wallet() || party.role() == Party.Role.BY || !address && !party.mark().is(Kind.LABEL);
            boolean acting = contractFirst && address && parties.size() > 1 && party.role() == Party.Role.SUBJECT && parties.stream().anyMatch(p -> p != party && p.mark().is(Kind.ADDRESS) && p.role() != Party.Role.SUBJECT);
            // "any tokens minted by 0x...": what mints without a named asset is the contract of the token.
            boolean maker = contractFirst && address && party.role() == Party.Role.BY && parties.size() == 1 && !filling.parameters().containsKey("asset")
                    && template.requireOneOf().stream().anyMatch(group -> group.contains("asset") && group.contains("contract") && !group.contains("protocol"));
            boolean target = party.role() == Party.Role.TO && address && !template.hasSlot("counterparty");
            boolean place = party.contract() || target || maker || party.role() == Party.Role.PLACE || contractFirst && address && !acts && !acting;
            if (place && template.hasSlot("contract") && !filling.parameters().containsKey("contract") && !party.isMe() && !(party.wallet() && template.hasSlot("account"))) {
                put("contract", party);
            } else if (template.hasSlot("account") && !filling.parameters().containsKey("account")) {
                put("account", party);
            } else if (template.hasSlot("contract") && !filling.parameters().containsKey("contract") && !party.isMe()) {
                put("contract", party);
            }
        }
        Mark spender = reading.all().stream().filter(m -> m.is(Kind.PROTOCOL)).findFirst().orElse(null);
        if (spender != null && template.hasSlot("counterparty") && !template.hasSlot("protocol") && !filling.parameters().containsKey("counterparty")) {
            filling.put("counterparty", "label:" + spender.value(Kind.PROTOCOL), spender);
        }
    }

    private boolean counterparty(Party party) {
        boolean away = party.role() == Party.Role.TO || party.role() == Party.Role.OBJECT || party.role() == Party.Role.OWNER && !party.isMe();
        return template.hasSlot("counterparty") && away && !party.isMe() && !filling.parameters().containsKey("counterparty")
                && (filling.parameters().containsKey("account") || reading.parties().all().size() > 1 || party.role() == Party.Role.TO);
    }

    private void direction() {
        String direction = reading.parties().direction();
        if (template.hasSlot("direction") && !template.fixed().containsKey("direction") && direction != null) {
            filling.put("direction", direction, null);
        }
    }

    private void put(String slot, Party party) {
        filling.put(slot, party.value(), party.mark());
    }
}
