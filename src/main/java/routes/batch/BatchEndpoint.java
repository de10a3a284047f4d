package routes.batch;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Where exchanges wait for the route that takes them together. */
@UriEndpoint(scheme = "batch", title = "Batch", syntax = "batch:name", firstVersion = "1.0.0", category = Category.CORE)
public class BatchEndpoint extends DefaultEndpoint {

    private final BatchComponent component;
    @UriPath(description = "Name of the endpoint")
    @Metadata(required = true)
    private final String name;
    @UriParam(label = "consumer", defaultValue = "1", description = "How many times the route runs at the same time")
    private int concurrentConsumers = 1;
    @UriParam(label = "consumer", defaultValue = "100", description = "How many exchanges go through the route together at most")
    private int maxBatchSize = 100;

    BatchEndpoint(String uri, String name, BatchComponent component) {
        super(uri, component);
        this.name = name;
        this.component = component;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        atLeastOne("concurrentConsumers", concurrentConsumers);
        atLeastOne("maxBatchSize", maxBatchSize);
        BatchConsumer consumer = new BatchConsumer(this, processor, component.consumers());
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) throws Exception {
                BatchConsumer consumer = component.consumers().get(name);
                if (consumer == null) {
                    throw new IllegalStateException("No route consumes batch:" + name);
                }
                consumer.take(exchange);
            }
        };
    }

    private void atLeastOne(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("Option %s of %s is %d: it takes 1 or more".formatted(option, getEndpointUri(), value));
        }
    }

    public String getName() {
        return name;
    }

    public int getConcurrentConsumers() {
        return concurrentConsumers;
    }

    public void setConcurrentConsumers(int concurrentConsumers) {
        this.concurrentConsumers = concurrentConsumers;
    }

    public int getMaxBatchSize() {
        return maxBatchSize;
    }

    public void setMaxBatchSize(int maxBatchSize) {
        this.maxBatchSize = maxBatchSize;
    }
}
