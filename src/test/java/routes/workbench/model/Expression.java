package routes.workbench.model;

import java.util.Optional;
import java.util.Set;

/**
 * An expression of a step, in any of the forms that Camel takes.
 *
 * @param language simple, constant, method, …
 * @param body     the map or, in the short form, the scalar
 * @param place    of the text
 * @param shorthand whether it is written without {@code expression:} before the language or its text
 */
public record Expression(String language, YamlNode body, Place place, boolean shorthand) {

    public static final Set<String> LANGUAGES = Set.of("constant", "csimple", "datasonnet", "exchangeProperty", "groovy", "header",
            "hl7terser", "java", "joor", "jq", "js", "jsonpath", "language", "method", "mvel", "ognl", "python", "ref", "simple", "spel",
            "tokenize", "variable", "wasm", "xpath", "xquery", "xtokenize");

    /** @return the expression of a step, or of a part of one such as {@code handled} or {@code correlationExpression} */
    public static Optional<Expression> of(YamlNode step) {
        YamlNode holder = step.get("expression").isMap() ? step.get("expression") : step;
        return holder.entries().stream().filter(entry -> LANGUAGES.contains(entry.key())).findFirst().map(entry -> {
            YamlNode body = entry.value();
            boolean shorthand = holder == step || !body.isMap();
            return new Expression(entry.key(), body, body.get("expression").exists() ? body.get("expression").place() : body.isScalar() ? body.place() : entry.place(), shorthand);
        });
    }

    /** @return the text; empty for languages that have none, such as method */
    public String text() {
        return body.isScalar() ? body.text() : body.get("expression").text();
    }
}
