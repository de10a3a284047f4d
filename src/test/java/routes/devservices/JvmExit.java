package routes.devservices;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationShutdownHandlers;
import org.springframework.test.util.ReflectionTestUtils;

/**
 * What is to be done when the JVM ends, after Spring has closed its application contexts. A shutdown hook of our own would run
 * beside Spring's, and take the servers away from an application that is still draining.
 */
final class JvmExit {

    static {
        // Spring installs its hook only once an application has run, which in a plain unit test is never.
        Object hook = ReflectionTestUtils.getField(SpringApplication.class, "shutdownHook");
        ReflectionTestUtils.invokeMethod(hook, "enableShutdownHookAddition");
    }

    private JvmExit() {
    }

    static void add(Runnable action) {
        handlers().add(action);
    }

    static void remove(Runnable action) {
        try {
            handlers().remove(action);
        } catch (IllegalStateException exiting) {
            // the actions are running, perhaps this very one
        }
    }

    private static SpringApplicationShutdownHandlers handlers() {
        return SpringApplication.getShutdownHandlers();
    }
}
