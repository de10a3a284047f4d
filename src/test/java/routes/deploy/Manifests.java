package routes.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The Kubernetes manifests as kustomize makes them of {@code deploy/k8s}, as far as that folder uses it: namespace and patches. */
final class Manifests {

    static final String FOLDER = "deploy/k8s/";

    private Manifests() {
    }

    static List<JsonNode> all() {
        JsonNode kustomization = DeployFiles.yaml(FOLDER + "kustomization.yaml");
        List<JsonNode> manifests = new ArrayList<>();
        kustomization.get("resources").forEach(file -> manifests.addAll(DeployFiles.yamls(FOLDER + file.asText())));
        for (JsonNode patch : kustomization.get("patches")) {
            JsonNode changes = DeployFiles.yaml(FOLDER + patch.get("path").asText());
            manifests.stream().filter(manifest -> manifest.get("kind").equals(patch.at("/target/kind")))
                    .forEach(manifest -> merge((ObjectNode) manifest, ((ObjectNode) changes.deepCopy()).without("metadata")));
        }
        return manifests;
    }

    static Stream<JsonNode> ofKind(String kind) {
        return all().stream().filter(manifest -> manifest.get("kind").asText().equals(kind));
    }

    static JsonNode named(String kind, String name) {
        return ofKind(kind).filter(manifest -> manifest.at("/metadata/name").asText().equals(name)).findFirst().orElseThrow();
    }

    /** Lists of things with a name are joined by name, as a strategic merge does. */
    private static void merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(field -> {
            JsonNode before = target.get(field.getKey());
            if (before instanceof ObjectNode object && field.getValue().isObject()) {
                merge(object, field.getValue());
            } else if (before instanceof ArrayNode list && field.getValue().path(0).has("name")) {
                field.getValue().forEach(element -> StreamSupport.stream(list.spliterator(), false)
                        .filter(known -> known.get("name").equals(element.get("name"))).findFirst()
                        .ifPresentOrElse(known -> merge((ObjectNode) known, element), () -> list.add(element)));
            } else {
                target.set(field.getKey(), field.getValue());
            }
        });
    }
}
