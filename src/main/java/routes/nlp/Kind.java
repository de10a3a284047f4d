package routes.nlp;

/** What a {@link Mark} of a sentence can be. The kinds up to {@code WINDOW} are the sections of {@code nlp/words.yaml}. */
enum Kind {
    REQUEST, FILLER, PARTY, NOUN, PREPOSITION, NEGATION, CONJUNCTION, EXCLUSION, VAGUE, COMPARATOR, POSTFIX, TREND, MULTIPLE,
    CONCEPT, PRIVILEGE, CURRENCY, UNIT, DURATION, WINDOW,
    ASSET, CHAIN, PROTOCOL, LABEL, COLLECTION,
    ADDRESS, PARTIAL_ADDRESS, SIGNATURE, TOKEN_ID, PAIR, NUMBER, QUANTITY, PUNCTUATION, UNKNOWN;

    /** Whether a word of this kind names a thing of the chain world, so that it wins over everyday words when capitalised. */
    boolean isEntity() {
        return this == ASSET || this == CHAIN || this == PROTOCOL || this == LABEL || this == COLLECTION;
    }
}
