package routes.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.camel.CamelContext;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Refuses what the contract does not have, with a {@link Problem}: an unknown path below a resource, a method that a
 * resource does not take, an operation of a role that this instance does not play. Camel's REST would answer the first two
 * with a bare status and the last with the request itself.
 */
@Component
@Order(FilterOrder.CONTRACT_PATH)
class ContractPathFilter extends OncePerRequestFilter {

    /** Attribute of a request that the contract has: its path there, such as {@code /alerts/{id}}. */
    static final String PATH = ContractPathFilter.class.getName() + ".path";

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    /** @param operations ids of operations by method */
    private record Resource(PathPattern path, SortedMap<String, String> operations) {
    }

    private final ObjectMapper json;
    private final CamelContext camel;
    private final List<Resource> resources = new ArrayList<>();
    private final Set<String> roots = new TreeSet<>();

    ContractPathFilter(ObjectMapper json, CamelContext camel) throws IOException {
        this.json = json;
        this.camel = camel;
        JsonNode contract = new YAMLMapper().readTree(new ClassPathResource("static/openapi.yaml").getInputStream());
        contract.get("paths").fields().forEachRemaining(path -> {
            SortedMap<String, String> operations = new TreeMap<>();
            path.getValue().fields().forEachRemaining(field -> {
                if (METHODS.contains(field.getKey())) {
                    operations.put(field.getKey().toUpperCase(), field.getValue().path("operationId").asText());
                }
            });
            resources.add(new Resource(PathPatternParser.defaultInstance.parse(path.getKey()), operations));
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
        } else if (!resource.operations().containsKey(request.getMethod())) {
            String methods = String.join(", ", resource.operations().keySet());
            response.setHeader("Allow", methods);
            Problem.answer(request, response, json, HttpStatus.METHOD_NOT_ALLOWED,
                    "Method %s is not for %s; it takes %s".formatted(request.getMethod(), path, methods));
        } else if (!isServedHere(resource.operations().get(request.getMethod()))) {
            Problem.answer(request, response, json, HttpStatus.NOT_FOUND, "There is nothing at " + path + " of this instance, whose roles are others");
        } else {
            request.setAttribute(PATH, resource.path().getPatternString());
            // every answer is JSON: who takes that among others gets it, whatever kind of answer Spring MVC knows the path by
            chain.doFilter(takesJson(request) ? new RequestWithHeader(request, HttpHeaders.ACCEPT, MediaType.ALL_VALUE) : request, response);
        }
    }

    private static boolean takesJson(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        try {
            return accept != null && !accept.equals(MediaType.ALL_VALUE) && MediaType.parseMediaTypes(accept).stream().anyMatch(MediaType.APPLICATION_JSON::isCompatibleWith);
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    /** The route of an operation is there where its role is. */
    private boolean isServedHere(String operation) {
        String endpoint = "direct://" + operation;
        return camel.getRoutes().stream().anyMatch(route -> route.getEndpoint().getEndpointUri().equals(endpoint));
    }
}
