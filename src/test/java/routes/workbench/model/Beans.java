package routes.workbench.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.annotation.AnnotatedGenericBeanDefinition;
import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.context.annotation.AnnotationBeanNameGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.type.MethodMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;
import org.springframework.stereotype.Component;

/** The beans of the application by name, read from its compiled classes without starting it. */
public final class Beans {

    /** What Spring Boot and Camel bring along; of these only the name is known. */
    private static final Set<String> BROUGHT_ALONG = Set.of("dataSource", "jdbcTemplate", "namedParameterJdbcTemplate", "transactionManager",
            "transactionTemplate", "jacksonObjectMapper", "objectMapper", "applicationTaskExecutor", "taskScheduler", "restClientBuilder",
            "restTemplateBuilder", "prometheusMeterRegistry", "meterRegistry", "environment", "camelContext", "producerTemplate", "consumerTemplate",
            "fluentProducerTemplate", "PROPAGATION_REQUIRED", "PROPAGATION_REQUIRES_NEW", "flyway", "defaultValidator", "sslBundleRegistry");

    /** Compiled classes do not change while a tool runs. */
    private static final Map<Path, Map<String, String>> READ = new ConcurrentHashMap<>();

    private final Map<String, String> classes;

    Beans(Path compiled) {
        classes = new HashMap<>(READ.computeIfAbsent(compiled, Beans::readAll));
    }

    private static Map<String, String> readAll(Path compiled) {
        Map<String, String> found = new HashMap<>();
        if (Files.isDirectory(compiled)) {
            SimpleMetadataReaderFactory readers = new SimpleMetadataReaderFactory();
            try (Stream<Path> files = Files.walk(compiled)) {
                files.filter(file -> file.toString().endsWith(".class")).forEach(file -> read(file, readers, found));
            } catch (IOException e) {
                throw new UncheckedIOException("The classes in " + compiled + " cannot be read", e);
            }
        }
        return found;
    }

    private static void read(Path file, SimpleMetadataReaderFactory readers, Map<String, String> classes) {
        try {
            MetadataReader reader = readers.getMetadataReader(new FileSystemResource(file));
            String name = reader.getClassMetadata().getClassName();
            if (reader.getAnnotationMetadata().isAnnotated(Component.class.getName())) {
                AnnotatedBeanDefinition definition = new AnnotatedGenericBeanDefinition(reader.getAnnotationMetadata());
                classes.put(AnnotationBeanNameGenerator.INSTANCE.generateBeanName(definition, new SimpleBeanDefinitionRegistry()), name);
            }
            reader.getAnnotationMetadata().getAnnotatedMethods(Bean.class.getName()).forEach(method -> readFactory(method, classes));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static void readFactory(MethodMetadata method, Map<String, String> classes) {
        String[] names = (String[]) method.getAnnotationAttributes(Bean.class.getName()).get("name");
        for (String name : names.length == 0 ? new String[]{method.getMethodName()} : names) {
            classes.put(name, method.getReturnTypeName());
        }
    }

    /** Adds a bean that a route file declares. */
    void declare(String name, String type) {
        classes.put(name, type.replaceFirst("^#class:", "").replaceFirst("\\(.*", ""));
    }

    public boolean has(String name) {
        return classes.containsKey(name) || BROUGHT_ALONG.contains(name);
    }

    /** @return the class of a bean; empty when only its name is known, or it is not to be had here */
    public Optional<Class<?>> type(String name) {
        return Optional.ofNullable(classes.get(name)).flatMap(Beans::load);
    }

    /** @return the class, not initialised */
    public static Optional<Class<?>> load(String name) {
        try {
            return Optional.of(Class.forName(name, false, Beans.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** @return the methods that a route can call, inherited ones too */
    public static Set<String> methods(Class<?> type) {
        Set<String> names = new TreeSet<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            for (Method method : at.getDeclaredMethods()) {
                if (!method.isSynthetic()) {
                    names.add(method.getName());
                }
            }
        }
        for (Method method : type.getMethods()) {
            names.add(method.getName());
        }
        return names;
    }

    /** @return names that look like this one, for the message */
    public List<String> like(String name) {
        return classes.keySet().stream().filter(known -> known.toLowerCase().contains(name.toLowerCase().substring(0, Math.min(4, name.length()))))
                .sorted().limit(3).toList();
    }
}
