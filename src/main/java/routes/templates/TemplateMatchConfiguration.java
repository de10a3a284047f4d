package routes.templates;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The cache of template matches; its hits, misses and size are metrics ({@code cache_gets_total{cache="template-matches"}} …). */
@Configuration(proxyBeanMethods = false)
class TemplateMatchConfiguration {

    /** The route finds it by its name, {@code caffeine-cache:template-matches}. */
    @Bean("template-matches")
    Cache<Object, Object> templateMatches(@Value("${ekko.templates.cache.size}") long size,
                                          @Value("${ekko.templates.cache.ttl}") Duration ttl, MeterRegistry meters) {
        Cache<Object, Object> cache = Caffeine.newBuilder().maximumSize(size).expireAfterWrite(ttl).recordStats().build();
        return CaffeineCacheMetrics.monitor(meters, cache, "template-matches");
    }
}
