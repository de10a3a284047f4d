package routes.sql;

/** A text as PostgreSQL stores it: it has none with U+0000. */
public final class StorableText {

    private StorableText() {
    }

    /** @return the text without U+0000; null for null */
    public static String of(String text) {
        return text == null ? null : text.replace("\0", "");
    }
}
