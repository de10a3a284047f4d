package routes.yaml;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import routes.nats.NatsHeaders;

/**
 * Stands before every step of every route: knows which have run, and lets one do something else for the test that runs.
 * Camel hands the routes of the application to it as it does to a tracer; they are not changed. HTTP services that they
 * call have a stand-in.
 */
public class Steps implements InterceptStrategy, AutoCloseable {

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Set<String> run = ConcurrentHashMap.newKeySet();
    private final Map<String, Instead> changed = new ConcurrentHashMap<>();
    private final StandIn services = new StandIn();

    /** What a step does instead. */
    interface Instead {

        /**
         * @param step the step as it is, for what only changes its surroundings
         * @return whether it was done, false to run the step as it is
         */
        boolean done(Exchange exchange, Processor step) throws Exception;
    }

    private record Change(String correlation, Instead instead) implements Instead {

        /** Messages of other tests may still be on their way. What has no correlation id, such as a timer's exchange, belongs to this one. */
        @Override
        public boolean done(Exchange exchange, Processor step) throws Exception {
            String its = exchange.getProperty(NatsHeaders.LOG_CORRELATION_ID, String.class);
            return (its == null || its.equals(correlation)) && instead.done(exchange, step);
        }
    }

    void change(String step, String correlation, Instead instead) {
        if (!known.contains(step)) {
            throw new IllegalArgumentException("There is no step '%s'".formatted(step));
        }
        // one after the other: fails twice, then answers
        changed.merge(step, new Change(correlation, instead), (first, then) -> (exchange, original) -> first.done(exchange, original) || then.done(exchange, original));
    }

    void asItIs(String step) {
        changed.remove(step);
    }

    /** The HTTP services that steps call. */
    StandIn services() {
        return services;
    }

    boolean hasRun(String step) {
        return run.contains(step);
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext camel, NamedNode definition, Processor target, Processor next) {
        String id = definition.getId();
        if (id == null) {
            return target;
        }
        known.add(id);
        Processor step = StandIn.isCall(definition) ? exchange -> services.call(target, exchange, StandIn.WELL) : target;
        return new DelegateAsyncProcessor(step) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                run.add(id);
                Instead instead = changed.get(id);
                try {
                    if (instead == null || !instead.done(exchange, target)) {
                        return super.process(exchange, callback);
                    }
                } catch (Exception e) {
                    exchange.setException(e);
                }
                callback.done(true);
                return true;
            }
        };
    }

    @Override
    public void close() {
        services.close();
    }
}
