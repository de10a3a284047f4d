package routes.outbox;

import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;

/** Gauges {@code ekko_outbox_backlog} (events) and {@code ekko_outbox_oldest_seconds}; filled by the route {@code outbox-gauge}. */
@Component("outboxMetrics")
public class OutboxMetrics {

    private volatile double waiting;
    private volatile double oldestSeconds;

    OutboxMetrics(MeterRegistry meters) {
        meters.gauge("ekko.outbox.backlog", this, metrics -> metrics.waiting);
        meters.gauge("ekko.outbox.oldest.seconds", this, metrics -> metrics.oldestSeconds);
    }

    /** @param row the row of {@code outbox-backlog.sql} */
    public void set(@Body Map<String, Number> row) {
        waiting = row.get("waiting").doubleValue();
        oldestSeconds = row.get("oldest_seconds").doubleValue();
    }
}
