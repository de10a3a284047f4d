package routes.workbench.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Whether those who publish and consume by an older AsyncAPI document still get along with the new one. */
final class AsyncApiComparison {

    private final BiConsumer<Part, String> breaches;
    private final SchemaComparison schemas;

    AsyncApiComparison(BiConsumer<Part, String> breaches) {
        this.breaches = breaches;
        this.schemas = new SchemaComparison(breaches);
    }

    void compare(Part before, Part now) {
        before.get("channels").forEach((key, old) -> channel(key, old, now).ifPresentOrElse(
                current -> messages(old, current), () -> breaches.accept(old, "the subject %s is removed".formatted(old.text("address")))));
        before.get("operations").forEach((key, old) -> {
            Part current = now.get("operations").get(key);
            if (!current.exists()) {
                breaches.accept(old, "the operation is removed");
            } else if (!current.text("action").equals(old.text("action"))) {
                breaches.accept(old.get("action"), "was %s and is %s".formatted(old.text("action"), current.text("action")));
            }
        });
    }

    /** By its subject: what a channel is called is nobody's business but the document's. The inbox of a reply has only its name. */
    private static Optional<Part> channel(String key, Part old, Part now) {
        String subject = subject(old);
        List<Part> all = new ArrayList<>();
        now.get("channels").forEach((name, channel) -> {
            if (subject.isEmpty() ? name.equals(key) : subject(channel).equals(subject)) {
                all.add(channel);
            }
        });
        return all.stream().findFirst();
    }

    private static String subject(Part channel) {
        return channel.get("address").exists() ? channel.text("address") : "";
    }

    private void messages(Part before, Part now) {
        before.get("messages").forEach((key, old) -> {
            Part current = now.get("messages").get(key);
            if (!current.exists()) {
                breaches.accept(old, "the message is removed");
                return;
            }
            schemas.compare(old.get("payload"), current.get("payload"), Direction.BOTH);
            schemas.compare(old.get("headers"), current.get("headers"), Direction.BOTH);
            List<Part> traits = old.get("traits").items();
            List<Part> traitsNow = current.get("traits").items();
            for (int i = 0; i < Math.min(traits.size(), traitsNow.size()); i++) {
                schemas.compare(traits.get(i).get("headers"), traitsNow.get(i).get("headers"), Direction.BOTH);
            }
        });
    }
}
