package routes.nlp;

/** One meaning of a word or phrase: its kind and, within the kind, its canonical value ({@code COMPARATOR gt}, {@code ASSET AVAX}). */
record Sense(Kind kind, String value) {
}
