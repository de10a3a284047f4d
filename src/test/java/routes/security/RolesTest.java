package routes.security;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import javax.management.ObjectName;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import routes.alerts.Ekko;
import routes.alerts.Ekko.Answer;
import routes.alerts.EkkoTest;
import routes.nats.RouteEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/** An instance with the role api: it serves users, and what belongs to operators is not there, not even for them. */
@EkkoTest
@DirtiesContext
@TestPropertySource(properties = {"ekko.roles=api", "spring.jmx.enabled=true", "spring.jmx.default-domain=roles-test",
        "management.endpoint.jolokia.config.mbeanQualifier=qualifier=roles-test", "camel.main.name=roles-test"})
class RolesTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    @Autowired
    private Ekko ekko;
    @Autowired
    private CamelContext camel;

    record Operation(String method, String path) {

        boolean isForOperators() {
            return path.startsWith("/dlq") || path.startsWith("/outbox");
        }

        String body() {
            return method.equals("GET") || method.equals("DELETE") ? null : "{}";
        }
    }

    static List<Operation> operations() throws Exception {
        List<Operation> all = new ArrayList<>();
        JsonNode contract = new YAMLMapper().readTree(new ClassPathResource("static/openapi.yaml").getInputStream());
        contract.get("paths").fields().forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(method -> {
            if (METHODS.contains(method)) {
                all.add(new Operation(method.toUpperCase(), path.getKey().replace("{id}", UUID.randomUUID().toString()).replace("{seq}", "1")));
            }
        }));
        assertThat(all).hasSizeGreaterThan(12).anyMatch(Operation::isForOperators);
        return all;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void usersAreServedAndOperatorsAreSentElsewhere(Operation operation) {
        assertThat(status(ekko.with(null), operation)).isEqualTo(401);
        Answer operators = ask(ekko.as("olga", "ops"), operation);
        if (operation.isForOperators()) {
            assertThat(status(ekko.as("alice"), operation)).isEqualTo(403);
            assertThat(operators.status()).isEqualTo(404);
            assertThat(operators.body().get("detail").asText()).contains("of this instance, whose roles are others");
            assertThat(operators.response().headers().firstValue("Content-Type")).contains("application/problem+json");
        } else {
            assertThat(String.valueOf(operators.response().body())).doesNotContain("whose roles are others");
            assertThat(status(ekko.as("alice"), operation)).isEqualTo(operators.status()).isIn(200, 400, 404);
        }
    }

    @Test
    void theRoutesOfOtherRolesAreNotThere() {
        assertThat(RouteEndpoint.of("api")).extracting(RouteEndpoint::route).allSatisfy(route -> assertThat(camel.getRoute(route)).as(route).isNotNull());
        for (String role : List.of("nlp", "ops")) {
            assertThat(RouteEndpoint.of(role)).isNotEmpty().extracting(RouteEndpoint::route).allSatisfy(route -> assertThat(camel.getRoute(route)).as(route).isNull());
        }
    }

    /** What an operator could do by REST elsewhere, nobody does by JMX here. */
    @Test
    void theToolsOfOperatorsAreNotThereEither() throws Exception {
        assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("org.apache.camel:context=roles-test,type=routes,*"), null)).isNotEmpty();
        for (String mbean : List.of("routes:type=DeadLetters", "routes:type=Outbox")) {
            Answer answer = ekko.as("olga", "ops").post("/actuator/jolokia", "{\"type\":\"read\",\"mbean\":\"%s\"}".formatted(mbean));
            assertThat(answer.body().get("status").asInt()).as(answer.response().body()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/db", "/actuator/prometheus", "/actuator/jolokia/version", "/actuator/hawtio/index.html"})
    void monitoringIsForOperatorsHereToo(String path) {
        assertThat(ekko.with(null).get(path).status()).isEqualTo(401);
        assertThat(ekko.as("alice").get(path).status()).isEqualTo(403);
        assertThat(ekko.as("olga", "ops").get(path).status()).isNotIn(401, 403);
        assertThat(ekko.as("alice").get("/actuator/health").body().toString()).doesNotContain("components");
        assertThat(ekko.as("olga", "ops").get("/actuator/health").body().at("/components/nats/status").asText()).isEqualTo("UP");
    }

    private static int status(Ekko user, Operation operation) {
        return ask(user, operation).status();
    }

    private static Answer ask(Ekko user, Operation operation) {
        return user.send(operation.method(), operation.path(), operation.body());
    }
}
