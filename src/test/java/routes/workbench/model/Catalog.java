package routes.workbench.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ComponentModel;
import org.springframework.core.io.ClassPathResource;

/** What this version of Camel knows of components and languages, whether or not the project has them on its class path; and {@code batch:}. */
public final class Catalog {

    private static final String BATCH = "META-INF/org/apache/camel/component/batch/batch.json";

    private final CamelCatalog camel = withOwnComponent(new DefaultCamelCatalog(true));
    private final Map<String, Optional<ComponentModel>> components = new java.util.concurrent.ConcurrentHashMap<>();

    private static CamelCatalog withOwnComponent(CamelCatalog catalog) {
        try {
            catalog.addComponent("batch", "routes.batch.BatchComponent", new ClassPathResource(BATCH).getContentAsString(StandardCharsets.UTF_8));
            return catalog;
        } catch (IOException e) {
            throw new UncheckedIOException(BATCH, e);
        }
    }

    public CamelCatalog camel() {
        return camel;
    }

    public Optional<ComponentModel> component(String scheme) {
        return components.computeIfAbsent(scheme, name -> camel.findComponentNames().contains(name)
                ? Optional.ofNullable(camel.componentModel(name)) : byAlternative(name));
    }

    /** A component may have several schemes: https is http. */
    private Optional<ComponentModel> byAlternative(String scheme) {
        return camel.findComponentNames().stream().map(camel::componentModel)
                .filter(model -> model != null && model.getAlternativeSchemes() != null)
                .filter(model -> java.util.List.of(model.getAlternativeSchemes().split(",")).contains(scheme)).findFirst();
    }
}
