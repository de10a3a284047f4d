package routes.yaml;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.beans.factory.config.BeanPostProcessor;
import routes.resilience.BreakerProperties;

/** No circuit breaker stays open for longer than a test waits, also that of a flow which is new: else one test would hold up the next. */
public class QuickBreakers implements BeanPostProcessor {

    private static final Duration LONGEST = Duration.ofSeconds(2);

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof BreakerProperties given ? quick(given) : bean;
    }

    private static BreakerProperties quick(BreakerProperties given) {
        Map<String, BreakerProperties.Breaker> quick = new TreeMap<>();
        given.breakers().forEach((name, breaker) -> quick.put(name, new BreakerProperties.Breaker(breaker.failures(),
                breaker.openFor().compareTo(LONGEST) > 0 ? LONGEST : breaker.openFor())));
        return new BreakerProperties(quick);
    }
}
