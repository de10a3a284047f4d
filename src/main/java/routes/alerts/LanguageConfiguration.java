package routes.alerts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import routes.nlp.AlertInterpreter;
import routes.nlp.TemplateCatalogue;
import routes.nlp.TemplateSource;

/** Reads the template catalogue and hands it to the language room, which knows neither Spring nor class paths. */
@Configuration(proxyBeanMethods = false)
class LanguageConfiguration {

    @Bean
    TemplateCatalogue templateCatalogue() throws IOException {
        List<TemplateSource> sources = new ArrayList<>();
        for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:templates/*.yaml")) {
            sources.add(new TemplateSource("templates/" + file.getFilename(), file.getContentAsString(StandardCharsets.UTF_8)));
        }
        return TemplateCatalogue.of(sources);
    }

    @Bean
    AlertInterpreter alertInterpreter(TemplateCatalogue catalogue) {
        AlertInterpreter interpreter = new AlertInterpreter(catalogue);
        // the first sentence of a fresh JVM takes a quarter of a second, the hundredth a fraction of a millisecond
        CompletableFuture.runAsync(() -> catalogue.templates().forEach(template ->
                template.examples().forEach(example -> interpreter.interpret(example.sentence()))));
        return interpreter;
    }
}
