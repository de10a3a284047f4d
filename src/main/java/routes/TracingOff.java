package routes;

import java.util.List;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.tracing.MicrometerTracingAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.tracing.NoopTracerAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.tracing.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Where tracing is off, there is no tracer. Spring Boot would only not export: it would still make a span of each request,
 * sampled and with all its attributes, and throw it away.
 */
public class TracingOff implements EnvironmentPostProcessor, Ordered {

    private static final List<Class<?>> TRACERS = List.of(OpenTelemetryTracingAutoConfiguration.class,
            NoopTracerAutoConfiguration.class, MicrometerTracingAutoConfiguration.class);

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.getProperty("management.tracing.enabled", Boolean.class, true)) {
            environment.getPropertySources().addLast(new MapPropertySource("tracing-off",
                    Map.of("spring.autoconfigure.exclude", TRACERS.stream().map(Class::getName).toList())));
        }
    }

    /** After the configuration files have been read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
