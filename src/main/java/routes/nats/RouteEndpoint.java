package routes.nats;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import routes.RouteFiles;

/**
 * A {@code nats:} endpoint as a route file writes it: what there is to provision, and what a role has to be allowed.
 *
 * @param route      id of the route; of the route configuration's file where there is no route
 * @param consumer   whether the route begins with it
 * @param subject    the subject
 * @param parameters its options, placeholders as they are written
 */
public record RouteEndpoint(String route, boolean consumer, String subject, Map<String, String> parameters) {

    private static final String SCHEME = "nats:";
    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * @param role a folder under {@code camel/}
     * @return the endpoints of its route files
     */
    public static List<RouteEndpoint> of(String role) {
        List<RouteEndpoint> found = new ArrayList<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:camel/" + role + "/*.camel.yaml")) {
                try (InputStream yaml = file.getInputStream()) {
                    collect(YAML.readTree(yaml), file.getFilename(), false, found);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Route files of " + role + " cannot be read", e);
        }
        return found;
    }

    /** @return the durable consumers of all roles */
    public static List<RouteEndpoint> durables() {
        return RouteFiles.ALL_ROLES.stream().flatMap(role -> of(role).stream()).filter(RouteEndpoint::isDurable).toList();
    }

    /** @return whether it is a durable consumer, which somebody has to make */
    public boolean isDurable() {
        return consumer && parameters.containsKey("durableName");
    }

    public String stream() {
        return parameters.get("jetstreamName");
    }

    public String durable() {
        return parameters.get("durableName");
    }

    private static void collect(JsonNode node, String route, boolean begins, List<RouteEndpoint> found) {
        String name = node.at("/route/id").asText(route);
        String uri = node.path("uri").asText();
        // an interceptor names endpoints by a pattern, and is none
        if (uri.startsWith(SCHEME) && !uri.endsWith(":*")) {
            JsonNode parameters = node.path("parameters");
            found.add(new RouteEndpoint(route, begins, uri.substring(SCHEME.length()),
                    parameters.isObject() ? YAML.convertValue(parameters, new TypeReference<>() { }) : Map.of()));
        }
        node.fields().forEachRemaining(field -> collect(field.getValue(), name, field.getKey().equals("from"), found));
        if (node.isArray()) {
            node.forEach(element -> collect(element, name, false, found));
        }
    }
}
