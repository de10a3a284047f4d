package routes.nlp;

/** A template file: its name, for error messages, and its text. */
public record TemplateSource(String name, String yaml) {
}
