package routes.outbox;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * The relay as a route: woken by whoever has just committed events ({@code seda:outbox-wake}), and by a clock for those
 * that another instance committed. Java, because waking coalesces: any number of wakes is one run. Part of the role api,
 * the only one whose NATS user may publish what happens to alerts.
 */
@Component
@ConditionalOnProperty("ekko.role.api")
class OutboxRelayRoute extends RouteBuilder {

    @Override
    public void configure() {
        // polls more often than the clock ticks: a consumer of seda stops when it has found nothing
        from("seda:outbox-wake?size=1&purgeWhenStopping=true&pollTimeout=50")
                .routeId("outbox-relay").routeGroup("outbox")
                .routeDescription("Publishes waiting events to JetStream and marks them when their PubAcks have come")
                .bean("outboxRelay", "relay").id("relay-events");

        from("scheduler:outbox-clock?delay={{ekko.outbox.poll}}&initialDelay=0")
                .routeId("outbox-clock").routeGroup("outbox")
                .routeDescription("Wakes the relay now and then: events may come from another instance")
                .to("seda:outbox-wake?size=1&discardWhenFull=true").id("wake-relay");
    }
}
