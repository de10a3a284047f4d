package routes.rest;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.web.filter.UrlHandlerFilter;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import routes.EkkoApplication;

/** What all REST resources share before a route sees the request. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    /** {@code /alerts/} is {@code /alerts}. */
    @Bean
    FilterRegistrationBean<UrlHandlerFilter> trailingSlash() {
        FilterRegistrationBean<UrlHandlerFilter> registration = new FilterRegistrationBean<>(
                UrlHandlerFilter.trailingSlashHandler("/alerts/**", "/jobs/**", "/templates/**", "/dlq/**").wrapRequest().build());
        registration.setOrder(FilterOrder.TRAILING_SLASH);
        return registration;
    }

    /** Requests that do not get as far as the first filter, or whose body nobody has read, are left to Tomcat itself. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> leftToTomcat() {
        return factory -> {
            factory.addContextValves(new UnreadBodyValve());
            factory.addContextCustomizers(context -> ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemValve.class.getName()));
        };
    }

    /**
     * A virtual thread for each request, as many at a time as {@code server.tomcat.threads.max} says: what comes above that
     * waits unread, and takes no memory.
     */
    @Bean
    @Profile(EkkoApplication.VIRTUAL_THREADS)
    TomcatProtocolHandlerCustomizer<?> virtualThreads(ServerProperties server) {
        int most = server.getTomcat().getThreads().getMax();
        ThreadFactory virtual = new VirtualThreadTaskExecutor("http-").getVirtualThreadFactory();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(most, most, 1, TimeUnit.NANOSECONDS, new LinkedBlockingQueue<>(), virtual);
        executor.allowCoreThreadTimeOut(true); // at once: a new one costs less than one that has waited
        return protocol -> protocol.setExecutor(executor);
    }

    /** The contract as a page. */
    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/docs", "/docs/index.html");
        registry.addRedirectViewController("/docs/", "/docs/index.html");
    }
}
