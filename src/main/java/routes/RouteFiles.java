package routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Loads the route files of the roles this instance plays: {@code ekko.roles} names folders under {@code camel/}; what is
 * in {@code camel/shared} belongs to every role. Camel is given the files one by one: its own wildcard search reads
 * through the whole jar once for each pattern, some seconds at each start. What is Java and belongs to a role asks for the
 * property {@code ekko.role.<role>}.
 */
public class RouteFiles implements EnvironmentPostProcessor, Ordered {

    public static final List<String> ALL_ROLES = List.of("api", "nlp", "ops");
    private static final String INCLUDE = "camel.main.routes-include-pattern";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        List<String> roles = roles(environment);
        Map<String, Object> properties = new HashMap<>();
        roles.forEach(role -> properties.put("ekko.role." + role, true));
        List<String> folders = new ArrayList<>(List.of("shared"));
        folders.addAll(roles);
        properties.put(INCLUDE, String.join(",", folders.stream().flatMap(folder -> files(folder).stream()).toList()));
        environment.getPropertySources().addLast(new MapPropertySource("ekko-roles", properties));
    }

    private static List<String> roles(ConfigurableEnvironment environment) {
        List<String> roles = Arrays.asList(environment.getProperty("ekko.roles", String[].class, new String[]{"all"}));
        if (roles.equals(List.of("all"))) {
            return ALL_ROLES;
        }
        roles.stream().filter(role -> !ALL_ROLES.contains(role)).findFirst().ifPresent(role -> {
            throw new IllegalArgumentException("ekko.roles: there is no role '%s'; there are %s, or all".formatted(role, ALL_ROLES));
        });
        return roles;
    }

    private static List<String> files(String folder) {
        String at = "camel/" + folder + "/";
        try {
            Resource[] found = new PathMatchingResourcePatternResolver().getResources("classpath*:" + at + "*.camel.yaml");
            return Arrays.stream(found).map(file -> "classpath:" + at + file.getFilename()).distinct().sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Route files in " + at + " cannot be listed", e);
        }
    }

    /** After the configuration files have been read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
