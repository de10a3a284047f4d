package routes.workbench.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a changed route file into the running application, removes the routes of one that is deleted, and says so. When the file is broken the routes stay as they
 * were: Camel's own reloading takes the old routes away before it knows that the new ones start.
 *
 * @see <a href="https://camel.apache.org/manual/route-reload.html">Route reload</a>
 */
public final class LiveRoutes extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
    private static final long EVERY = 500;

    private final CamelContext camel;
    private final Path folder;
    private final RunningRoutes running;
    private RouteFolder files;
    private ScheduledExecutorService clock;

    /** @param folder route files, in a folder for each role */
    public LiveRoutes(CamelContext camel, Path folder) {
        this.camel = camel;
        this.folder = folder.toAbsolutePath().normalize();
        this.running = new RunningRoutes((ModelCamelContext) camel, this.folder);
    }

    @Override
    protected void doStart() throws Exception {
        files = new RouteFolder(folder);
        running.are(files.texts());
        camel.addLifecycleStrategy(new ForgottenEndpoints(camel));
        clock = camel.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "LiveRoutes");
        clock.scheduleWithFixedDelay(this::look, EVERY, EVERY, TimeUnit.MILLISECONDS);
        LOG.info("Route files below {} are loaded when they change", folder);
    }

    @Override
    protected void doStop() {
        camel.getExecutorServiceManager().shutdownNow(clock);
    }

    private void look() {
        try {
            RouteFolder.Change change = files.look();
            change.gone().forEach(this::remove);
            change.changed().forEach(this::reload);
        } catch (IOException | RuntimeException e) {
            LOG.error("Route files in {} cannot be read: {}", folder, innermost(e));
        }
    }

    private void reload(Path file, String text) {
        try {
            Set<String> ids = running.replace(file, text);
            LOG.info("{}: reloaded {}", name(file), ids.isEmpty() ? "without any route" : ids);
        } catch (Exception e) {
            LOG.error("{}: not reloaded, the routes stay as they were: {}", name(file), innermost(e));
            restore(file);
        }
    }

    private void restore(Path file) {
        try {
            running.restore(file);
        } catch (Exception e) {
            LOG.error("{}: {}", name(file), innermost(e), e);
        }
    }

    private void remove(Path file) {
        try {
            Set<String> ids = running.remove(file);
            LOG.warn("{}: deleted, removed {}", name(file), ids.isEmpty() ? "no route" : ids);
        } catch (Exception e) {
            LOG.error("{}: deleted, and its routes could not be removed: {}", name(file), innermost(e), e);
        }
    }

    private String name(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
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
        try {
            camel.addService(new LiveRoutes(camel, folder));
        } catch (Exception e) {
            throw new IllegalStateException("Route files in " + folder + " cannot be watched", e);
        }
    }
}
