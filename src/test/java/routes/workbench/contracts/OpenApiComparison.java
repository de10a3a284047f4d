package routes.workbench.contracts;

import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Whether the clients of an older REST contract still get along with the new one. */
final class OpenApiComparison {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private final BiConsumer<Part, String> breaches;
    private final SchemaComparison schemas;

    OpenApiComparison(BiConsumer<Part, String> breaches) {
        this.breaches = breaches;
        this.schemas = new SchemaComparison(breaches);
    }

    void compare(Part before, Part now) {
        before.get("paths").forEach((path, old) -> old.forEach((method, operation) -> {
            if (METHODS.contains(method)) {
                Part current = now.get("paths").get(path).get(method);
                if (current.exists()) {
                    operation(operation, current);
                } else {
                    breaches.accept(operation, "the operation is removed");
                }
            }
        }));
    }

    private void operation(Part before, Part now) {
        before.get("parameters").items().forEach(old -> like(old, now).ifPresentOrElse(
                current -> parameter(old, current), () -> breaches.accept(old, "the parameter %s is removed".formatted(old.text("name")))));
        now.get("parameters").items().stream().filter(OpenApiComparison::isRequired).filter(current -> like(current, before).isEmpty())
                .forEach(current -> breaches.accept(before.get("parameters"), "the parameter %s is required now".formatted(current.text("name"))));
        body(before.get("requestBody"), now.get("requestBody"));
        before.get("responses").forEach((status, old) -> {
            Part current = now.get("responses").get(status);
            if (current.exists()) {
                content(old, current, Direction.OUTPUT);
                headers(old, current);
            } else {
                breaches.accept(old, "the answer is removed");
            }
        });
    }

    private void parameter(Part before, Part now) {
        if (isRequired(now) && !isRequired(before)) {
            breaches.accept(before.resolved(), "is required now");
        }
        schemas.compare(before.get("schema"), now.get("schema"), Direction.INPUT);
    }

    private void body(Part before, Part now) {
        if (isRequired(now) && !isRequired(before)) {
            breaches.accept(before, "is required now");
        }
        if (before.exists()) {
            content(before, now, Direction.INPUT);
        }
    }

    private void content(Part before, Part now, Direction direction) {
        before.get("content").forEach((type, old) -> {
            Part current = now.get("content").get(type);
            if (current.exists()) {
                schemas.compare(old.get("schema"), current.get("schema"), direction);
            } else {
                breaches.accept(old, "the media type is removed");
            }
        });
    }

    private void headers(Part before, Part now) {
        before.get("headers").forEach((name, old) -> {
            Part current = now.get("headers").get(name);
            if (current.exists()) {
                schemas.compare(old.get("schema"), current.get("schema"), Direction.OUTPUT);
            } else {
                breaches.accept(old, "the header is removed");
            }
        });
    }

    private static Optional<Part> like(Part parameter, Part operation) {
        return operation.get("parameters").items().stream()
                .filter(other -> other.text("name").equals(parameter.text("name")) && other.text("in").equals(parameter.text("in"))).findFirst();
    }

    private static boolean isRequired(Part part) {
        return part.get("required").node().asBoolean();
    }
}
