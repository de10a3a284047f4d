package routes.workbench.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.InterceptSendToEndpoint;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceHelper;

/** The routes that the application runs, by the files they come from. */
final class RunningRoutes {

    private static final String SHARED = "shared";
    private static final String NOTHING = "";
    private static final YAMLMapper YAML = new YAMLMapper();

    private final ModelCamelContext camel;
    private final Path folder;
    /** The text of each file that runs. */
    private final Map<Path, String> texts = new TreeMap<>();

    RunningRoutes(ModelCamelContext camel, Path folder) {
        this.camel = camel;
        this.folder = folder;
    }

    /** What the application has started with. */
    void are(Map<Path, String> files) {
        texts.putAll(files);
    }

    /** @return ids of the routes that run now */
    Set<String> replace(Path file, String text) throws Exception {
        Set<String> ids = load(file, text);
        texts.put(file, text);
        return ids;
    }

    /** After a replacement that failed halfway. */
    void restore(Path file) throws Exception {
        load(file, texts.getOrDefault(file, NOTHING));
    }

    /** @return ids of the routes that do not run any more */
    Set<String> remove(Path file) throws Exception {
        Set<String> ids = idsOf(file);
        load(file, NOTHING);
        texts.remove(file);
        return ids;
    }

    /** @return ids of the routes that the text has */
    private Set<String> load(Path file, String text) throws Exception {
        refuseTakenIds(file, text);
        Set<String> before = idsOf(file);
        boolean empty = text.lines().allMatch(line -> line.isBlank() || line.startsWith("#"));
        List<Resource> sources = new ArrayList<>(empty ? List.of() : List.of(source(file, text)));
        if (isShared(file)) {
            // every route has what they configure, and Camel does not tell which of them comes from which file
            camel.getRouteConfigurationDefinitions().clear();
            texts.entrySet().stream().filter(other -> !other.getKey().equals(file) && (!isShared(other.getKey()) || other.getValue().contains("routeConfiguration")))
                    .sorted(Comparator.comparing(other -> !isShared(other.getKey()))).forEach(other -> sources.add(source(other.getKey(), other.getValue())));
        }
        Set<String> loaded = sources.isEmpty() ? Set.of() : PluginHelper.getRoutesLoader(camel).updateRoutes(sources);
        Set<String> gone = new HashSet<>(before);
        gone.removeAll(loaded);
        for (String id : gone) {
            camel.getRouteController().stopRoute(id);
            camel.removeRoute(id);
        }
        startInterceptors();
        return loaded;
    }

    /** Camel would let the route of the other file go for this one, and the other way round not bring it back. */
    private void refuseTakenIds(Path file, String text) {
        Set<String> ids = idsIn(text);
        camel.getRoutes().stream().filter(route -> ids.contains(route.getId()) && !isOf(file, route.getSourceResource())).findFirst().ifPresent(route -> {
            throw new IllegalArgumentException("route id '%s' is taken by %s".formatted(route.getId(), route.getSourceResource().getLocation()));
        });
    }

    private static Set<String> idsIn(String text) {
        try {
            return StreamSupport.stream(YAML.readTree(text).spliterator(), false)
                    .flatMap(entry -> Stream.of(entry.at("/route/id"), entry.at("/from/id"))).map(JsonNode::asText).collect(Collectors.toSet());
        } catch (JsonProcessingException e) {
            return Set.of(); // Camel will say what is wrong with it
        }
    }

    /** What intercepts the messages of all routes was made with one of them, and has stopped when that was taken away. */
    private void startInterceptors() {
        for (Endpoint endpoint : camel.getEndpoints()) {
            if (endpoint instanceof InterceptSendToEndpoint intercepted) {
                ServiceHelper.startService(intercepted.getBefore(), intercepted.getAfter());
            }
        }
    }

    private boolean isShared(Path file) {
        return file.startsWith(folder.resolve(SHARED));
    }

    private Set<String> idsOf(Path file) {
        return camel.getRoutes().stream().filter(route -> isOf(file, route.getSourceResource())).map(Route::getId).collect(Collectors.toSet());
    }

    /** A route that the application has loaded comes from its class path; one that was reloaded comes from here. */
    private boolean isOf(Path file, Resource source) {
        return source != null && source.getLocation().endsWith(name(file));
    }

    private Resource source(Path file, String text) {
        return ResourceHelper.fromString(name(file), text);
    }

    private String name(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
