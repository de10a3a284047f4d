package routes.workbench.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a changed route file into the running application, and says so. When the file is broken the routes stay as they
 * were: Camel's own reloading takes the old routes away before it knows that the new ones start.
 *
 * @see <a href="https://camel.apache.org/manual/route-reload.html">Route reload</a>
 */
public final class LiveRoutes extends RouteWatcherReloadStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
    private static final String ROUTE_FILE = ".camel.yaml";
    private static final String SHARED = "shared";

    private final Path folder;
    /** The text of each file that runs. */
    private final Map<Path, String> running = new TreeMap<>();
    private final Map<Path, String> refused = new TreeMap<>();

    /** @param folder route files, in a folder for each role */
    public LiveRoutes(Path folder) {
        super(folder.toAbsolutePath().toString(), true);
        this.folder = folder.toAbsolutePath().normalize();
        setFileFilter(file -> file.getName().endsWith(ROUTE_FILE));
        setResourceReload((name, resource) -> reload(Path.of(resource.getURI()).toAbsolutePath().normalize()));
    }

    @Override
    protected void doStart() throws Exception {
        for (Path file : files()) {
            running.put(file, Files.readString(file));
        }
        super.doStart();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ROUTE_FILE)).sorted().toList();
        }
    }

    private synchronized void reload(Path file) {
        try {
            String text = Files.readString(file);
            String before = running.getOrDefault(file, "");
            if (text.isBlank() || text.equals(before) || text.equals(refused.get(file))) {
                return; // an editor empties a file before it writes it, and the watcher tells of both
            }
            try {
                Set<String> ids = load(file, text);
                running.put(file, text);
                refused.remove(file);
                LOG.info("{}: reloaded {}", name(file), ids.isEmpty() ? "without any route" : ids);
            } catch (Exception e) {
                LOG.error("{}: not reloaded, the routes stay as they were: {}", name(file), innermost(e));
                refused.put(file, text);
                load(file, before);
            }
        } catch (Exception e) {
            LOG.error("{}: {}", name(file), innermost(e), e);
        }
    }

    /** @return ids of the routes that the text has */
    private Set<String> load(Path file, String text) throws Exception {
        Set<String> before = idsOf(file);
        List<Resource> sources = new ArrayList<>(List.of(source(file, text)));
        if (file.startsWith(folder.resolve(SHARED))) {
            // every route has what they configure
            removeConfigurationsOf(file);
            running.forEach((other, its) -> {
                if (!other.equals(file) && !other.startsWith(folder.resolve(SHARED))) {
                    sources.add(source(other, its));
                }
            });
        }
        boolean empty = text.lines().allMatch(line -> line.isBlank() || line.startsWith("#"));
        Set<String> loaded = empty ? Set.of() : loader().updateRoutes(sources);
        Set<String> gone = new HashSet<>(before);
        gone.removeAll(loaded);
        for (String id : gone) {
            getCamelContext().getRouteController().stopRoute(id);
            getCamelContext().removeRoute(id);
        }
        return loaded;
    }

    private Set<String> idsOf(Path file) {
        return getCamelContext().getRoutes().stream().filter(route -> isOf(file, route.getSourceResource())).map(Route::getId).collect(Collectors.toSet());
    }

    private void removeConfigurationsOf(Path file) throws Exception {
        ModelCamelContext model = (ModelCamelContext) getCamelContext();
        for (RouteConfigurationDefinition configuration : List.copyOf(model.getRouteConfigurationDefinitions())) {
            if (isOf(file, configuration.getResource())) {
                model.removeRouteConfiguration(configuration);
            }
        }
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

    private RoutesLoader loader() {
        return PluginHelper.getRoutesLoader(getCamelContext());
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** Begins to watch when the application has started. */
    public static void watch(CamelContext camel, Path folder) {
        LiveRoutes live = new LiveRoutes(folder);
        live.setCamelContext(camel);
        try {
            camel.addService(live);
        } catch (Exception e) {
            throw new IllegalStateException("Route files in " + folder + " cannot be watched", e);
        }
    }
}
