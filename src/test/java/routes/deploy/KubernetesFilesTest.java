package routes.deploy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** The manifests: known to Kubernetes field by field, and consistent with each other. */
class KubernetesFilesTest {

    private interface Check {
        void of(JsonElement json) throws Exception;
    }

    private record Kind(String apiVersion, Class<?> model, Check fields) {
    }

    private static final Map<String, Kind> KINDS = Map.of(
            "Namespace", new Kind("v1", V1Namespace.class, V1Namespace::validateJsonElement),
            "ConfigMap", new Kind("v1", V1ConfigMap.class, V1ConfigMap::validateJsonElement),
            "Secret", new Kind("v1", V1Secret.class, V1Secret::validateJsonElement),
            "Service", new Kind("v1", V1Service.class, V1Service::validateJsonElement),
            "ServiceAccount", new Kind("v1", V1ServiceAccount.class, V1ServiceAccount::validateJsonElement),
            "Deployment", new Kind("apps/v1", V1Deployment.class, V1Deployment::validateJsonElement),
            "Job", new Kind("batch/v1", V1Job.class, V1Job::validateJsonElement),
            "PodDisruptionBudget", new Kind("policy/v1", V1PodDisruptionBudget.class, V1PodDisruptionBudget::validateJsonElement),
            "NetworkPolicy", new Kind("networking.k8s.io/v1", V1NetworkPolicy.class, V1NetworkPolicy::validateJsonElement),
            "HorizontalPodAutoscaler", new Kind("autoscaling/v2", V2HorizontalPodAutoscaler.class, V2HorizontalPodAutoscaler::validateJsonElement));

    static Stream<JsonNode> manifests() {
        return Stream.concat(Manifests.all().stream(), DeployFiles.yamls(Manifests.FOLDER + "secret.example.yaml").stream());
    }

    static Stream<JsonNode> pods() {
        return Stream.of("Deployment", "Job").flatMap(Manifests::ofKind).map(workload -> workload.at("/spec/template/spec"));
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void kubernetesKnowsEachField(JsonNode manifest) {
        Kind kind = KINDS.get(manifest.get("kind").asText());
        assertThat(manifest.get("apiVersion").asText()).isEqualTo(kind.apiVersion());
        assertThatCode(() -> {
            kind.fields().of(JsonParser.parseString(manifest.toString()));
            JSON.getGson().fromJson(manifest.toString(), kind.model());
        }).doesNotThrowAnyException();
    }

    @Test
    void aFieldThatKubernetesDoesNotKnowIsFound() {
        String deployment = Manifests.named("Deployment", "ekko-api").toString();
        assertThatCode(() -> V1Deployment.validateJsonElement(JsonParser.parseString(deployment.replace("\"readinessProbe\"", "\"readynessProbe\""))))
                .hasMessageContaining("readynessProbe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "nlp", "ops"})
    void eachRoleHasItsDeploymentAndItsBudget(String role) {
        JsonNode deployment = Manifests.named("Deployment", "ekko-" + role);
        JsonNode container = deployment.at("/spec/template/spec/containers/0");
        assertThat(container.get("env")).anySatisfy(variable -> {
            assertThat(variable.get("name").asText()).isEqualTo("EKKO_ROLES");
            assertThat(variable.get("value").asText()).isEqualTo(role);
        });
        assertThat(deployment.at("/spec/template/metadata/labels")).isEqualTo(deployment.at("/spec/selector/matchLabels"));
        assertThat(Manifests.named("PodDisruptionBudget", "ekko-" + role).at("/spec/selector")).isEqualTo(deployment.at("/spec/selector"));
        assertThat(deployment.at("/spec/template/spec/topologySpreadConstraints"))
                .allSatisfy(spread -> assertThat(spread.get("labelSelector")).isEqualTo(deployment.at("/spec/selector")));
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/actuator/health/liveness");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/actuator/health/readiness");
    }

    @ParameterizedTest
    @MethodSource("pods")
    void podsKeepTheRestrictedProfile(JsonNode pod) {
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asText() + ":" + pod.at("/securityContext/runAsGroup").asText())
                .isEqualTo(Dockerfile.read().last("USER"));
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        JsonNode container = pod.at("/containers/0");
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
        // what is mounted is there, and the temporary files have a place
        Set<String> volumes = new HashSet<>(pod.get("volumes").findValuesAsText("name"));
        assertThat(volumes).containsExactlyInAnyOrderElementsOf(container.get("volumeMounts").findValuesAsText("name"));
        assertThat(container.get("volumeMounts").findValuesAsText("mountPath")).contains("/tmp");
    }

    @Test
    void instancesHaveTimeToDrain() {
        int phase = Integer.parseInt(DeployFiles.yaml("src/main/resources/application.yaml").at("/spring/lifecycle.timeout-per-shutdown-phase").asText().replace("s", ""));
        assertThat(Manifests.ofKind("Deployment").map(deployment -> deployment.at("/spec/template/spec"))).hasSize(3).allSatisfy(pod -> {
            int before = pod.at("/containers/0/lifecycle/preStop/exec/command/1").asInt();
            assertThat(pod.get("terminationGracePeriodSeconds").asInt()).isGreaterThanOrEqualTo(Math.max(45, before + phase));
        });
    }

    @Test
    void servicesAndPoliciesMeanPodsThatExist() {
        List<JsonNode> pods = Stream.of("Deployment", "Job").flatMap(Manifests::ofKind).map(workload -> workload.at("/spec/template/metadata/labels")).toList();
        Stream<JsonNode> selectors = Stream.concat(Manifests.ofKind("Service").map(service -> service.at("/spec/selector")),
                Manifests.ofKind("NetworkPolicy").map(policy -> policy.at("/spec/podSelector/matchLabels")));
        assertThat(selectors).hasSize(4).allSatisfy(selector -> assertThat(pods).anyMatch(pod -> selector.properties().stream()
                .allMatch(label -> label.getValue().equals(pod.get(label.getKey())))));
        assertThat(Manifests.ofKind("Service")).allSatisfy(service -> assertThat(service.at("/spec/ports/0/targetPort").asText()).isEqualTo("http"));
    }

    @Test
    void autoscalersAskForQueuesOfTheirDeployment() {
        String rule = DeployFiles.text("deploy/k8s/monitoring/prometheus-adapter-values.yaml");
        assertThat(Manifests.ofKind("HorizontalPodAutoscaler")).hasSize(2).allSatisfy(scaler -> {
            String name = scaler.at("/spec/scaleTargetRef/name").asText();
            assertThat(Manifests.named("Deployment", name).at("/spec").has("replicas")).as("the autoscaler's number would be overwritten").isFalse();
            for (JsonNode metric : scaler.at("/spec/metrics")) {
                if (metric.has("external")) {
                    assertThat(rule).contains("as: " + metric.at("/external/metric/name").asText() + "\n");
                    assertThat(routesOf(name.substring("ekko-".length()))).contains(
                            "jetstreamName: " + metric.at("/external/metric/selector/matchLabels/stream").asText() + "\n",
                            "durableName: " + metric.at("/external/metric/selector/matchLabels/consumer").asText() + "\n");
                }
            }
        });
    }

    private static String routesOf(String role) {
        return Stream.of(DeployFiles.path("src/main/resources/camel/" + role).toFile().list())
                .map(file -> DeployFiles.text("src/main/resources/camel/" + role + "/" + file)).reduce("", String::concat);
    }
}
