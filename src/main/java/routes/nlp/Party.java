package routes.nlp;

/**
 * Somebody or something the clause names: the user's wallets, an address, a name, a label.
 *
 * @param value    as parameters write it: {@code @me}, an address, {@code label:treasury}
 * @param role     what the words before it make of it
 * @param contract whether a noun beside it says contract, pool, vault
 * @param wallet   whether a noun beside it says wallet, account
 */
record Party(String value, Role role, Mark mark, boolean contract, boolean wallet) {

    enum Role { SUBJECT, OBJECT, FROM, TO, BY, PLACE, OWNER }

    static final String ME = "@me";

    boolean isMe() {
        return value.equals(ME);
    }

    Party in(Role other) {
        return new Party(value, other, mark, contract, wallet);
    }
}
