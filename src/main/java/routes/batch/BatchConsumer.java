package routes.batch;

import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.springframework.dao.DataAccessResourceFailureException;

/** Runs the route for exchanges that came together. */
class BatchConsumer extends DefaultConsumer implements ShutdownAware {

    private final String name;
    private final Map<String, BatchConsumer> consumers;
    private final GroupCommit<Exchange> groups;

    BatchConsumer(BatchEndpoint endpoint, Processor processor, Map<String, BatchConsumer> consumers) {
        super(endpoint, processor);
        this.name = endpoint.getName();
        this.consumers = consumers;
        this.groups = new GroupCommit<>(endpoint.getConcurrentConsumers(), endpoint.getMaxBatchSize(), this::route, BatchConsumer::mayBeOfOne);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (consumers.putIfAbsent(name, this) != null) {
            throw new IllegalStateException("batch:%s is consumed by another route already".formatted(name));
        }
    }

    @Override
    protected void doStop() throws Exception {
        consumers.remove(name, this);
        super.doStop();
    }

    /** Stops when nothing is on its way any more: what other routes still have must get through. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return true;
    }

    @Override
    public int getPendingExchangesSize() {
        return 0;
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // nothing is kept between two calls
    }

    /**
     * Returns when the route has ended for this exchange.
     *
     * @throws Exception what has failed in the route
     */
    void take(Exchange exchange) throws Exception {
        groups.commit(exchange);
    }

    private void route(List<Exchange> exchanges) throws Exception {
        Exchange together = createExchange(false);
        try {
            together.setPattern(ExchangePattern.InOut);
            together.getIn().setBody(exchanges);
            getProcessor().process(together);
            if (together.getException() != null) {
                throw together.getException();
            }
        } finally {
            releaseExchange(together, false);
        }
    }

    /** A database that is not there fails all of them, and would keep each waiting. */
    private static boolean mayBeOfOne(Exception failure) {
        return !(failure instanceof DataAccessResourceFailureException);
    }
}
