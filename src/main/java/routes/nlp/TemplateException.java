package routes.nlp;

/** A template or vocabulary file cannot be used; the message starts with {@code file:line} and names the key. */
public final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TemplateException(String file, int line, String key, String problem) {
        super(file + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ") + problem);
    }
}
