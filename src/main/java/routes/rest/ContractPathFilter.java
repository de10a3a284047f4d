package routes.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Refuses what the contract does not have, with a {@link Problem}: an unknown path below a resource, a method that a
 * resource does not take. Camel's REST would answer both with a bare status.
 */
@Component
@Order(FilterOrder.CONTRACT_PATH)
class ContractPathFilter extends OncePerRequestFilter {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private record Resource(PathPattern path, Set<String> methods) {
    }

    private final ObjectMapper json;
    private final List<Resource> resources = new ArrayList<>();
    private final Set<String> roots = new TreeSet<>();

    ContractPathFilter(ObjectMapper json) throws IOException {
        this.json = json;
        JsonNode contract = new YAMLMapper().readTree(new ClassPathResource("static/openapi.yaml").getInputStream());
        contract.get("paths").fields().forEachRemaining(path -> {
            Set<String> methods = new TreeSet<>();
            path.getValue().fieldNames().forEachRemaining(name -> {
                if (METHODS.contains(name)) {
                    methods.add(name.toUpperCase());
                }
            });
            resources.add(new Resource(PathPatternParser.defaultInstance.parse(path.getKey()), methods));
            roots.add("/" + path.getKey().split("/")[1]);
        });
        // the most specific first: /dlq/redrive before /dlq/{seq}
        resources.sort(Comparator.comparing(Resource::path));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        if (roots.stream().noneMatch(root -> path.equals(root) || path.startsWith(root + "/"))) {
            chain.doFilter(request, response);
            return;
        }
        PathContainer parsed = PathContainer.parsePath(path);
        Resource resource = resources.stream().filter(candidate -> candidate.path().matches(parsed)).findFirst().orElse(null);
        if (resource == null) {
            Problem.answer(request, response, json, HttpStatus.NOT_FOUND, "There is nothing at " + path);
        } else if (!resource.methods().contains(request.getMethod())) {
            response.setHeader("Allow", String.join(", ", resource.methods()));
            Problem.answer(request, response, json, HttpStatus.METHOD_NOT_ALLOWED,
                    "Method %s is not for %s; it takes %s".formatted(request.getMethod(), path, String.join(", ", resource.methods())));
        } else {
            chain.doFilter(request, response);
        }
    }
}
