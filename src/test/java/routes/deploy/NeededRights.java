package routes.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import routes.nats.RouteEndpoint;

/**
 * What each role has to be allowed, worked out from its route files, the streams of {@code application.yaml} and the
 * events that the SQL statements write. Only what beans do by themselves is listed here: {@link #gauges}, {@link #relay} and
 * {@link #deadLetterTools}.
 */
public final class NeededRights {

    private static final String API = "$JS.API.";
    private static final Pattern EVENT = Pattern.compile("'((?:alerts|jobs)\\.[a-z.]+)'");

    private final Set<String> publish = new TreeSet<>();
    private final Set<String> subscribe = new TreeSet<>();
    private boolean responses;

    private NeededRights(String user) {
        subscribe.add("_INBOX." + user + ".>");
    }

    /** @param role a folder of route files */
    public static Rights of(String role) throws IOException {
        NeededRights needed = new NeededRights(role);
        for (RouteEndpoint endpoint : RouteEndpoint.of(role)) {
            if (endpoint.isDurable()) {
                needed.publish.addAll(consumer(endpoint).ofItsRole());
                needed.publish.addAll(consumer(endpoint).ofDeadLetters());
            } else if (endpoint.consumer()) {
                needed.answer(endpoint);
            } else {
                needed.publish.add(endpoint.subject());
            }
        }
        needed.gauges();
        if (role.equals("api")) {
            needed.relay();
        }
        if (role.equals("ops")) {
            needed.deadLetterTools();
        }
        return needed.rights();
    }

    /** @return rights of the user that makes what the others use */
    public static Rights ofProvision() throws IOException {
        NeededRights needed = new NeededRights("provision");
        needed.publish.add(API + "STREAM.INFO.*");
        for (String stream : streams()) {
            needed.publish.add(API + "STREAM.CREATE." + stream);
            needed.publish.add(API + "STREAM.UPDATE." + stream);
        }
        for (RouteEndpoint durable : RouteEndpoint.durables()) {
            needed.publish.add(consumer(durable).ofProvision());
        }
        return needed.rights();
    }

    /** @return the streams of the configuration */
    public static List<String> streams() throws IOException {
        List<String> names = new ArrayList<>();
        configuredStreams().fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void answer(RouteEndpoint endpoint) {
        subscribe.add(endpoint.subject() + " " + endpoint.parameters().get("queueName"));
        responses = true;
        String service = endpoint.parameters().get("serviceName");
        if (service != null) {
            subscribe.addAll(List.of("$SRV.*", "$SRV.*." + service, "$SRV.*." + service + ".*"));
        }
    }

    /** QueueDepth, in each instance. */
    private void gauges() {
        publish.addAll(List.of(API + "STREAM.INFO.*", API + "CONSUMER.LIST.*"));
    }

    /** OutboxRelay publishes what the statements write; AlreadyPublished searches the stream that is no work queue. */
    private void relay() throws IOException {
        for (Resource statement : new PathMatchingResourcePatternResolver().getResources("classpath:sql/*.sql")) {
            Matcher event = EVENT.matcher(statement.getContentAsString(StandardCharsets.UTF_8));
            while (event.find()) {
                publish.add(event.group(1));
            }
        }
        publish.addAll(List.of(API + "STREAM.MSG.GET.ALERTS", API + "CONSUMER.CREATE.ALERTS.*.alerts.>", "$JS.FC.ALERTS.>"));
    }

    /** DeadLetters reads, redrives and deletes; MaxDeliveries keeps any message that was given up, and takes it out of its work queue. */
    private void deadLetterTools() throws IOException {
        publish.removeIf(subject -> subject.startsWith("dlq."));
        publish.addAll(List.of("dlq.>", API + "STREAM.MSG.GET.DLQ", API + "STREAM.MSG.DELETE.DLQ"));
        for (RouteEndpoint durable : RouteEndpoint.durables()) {
            if (!List.of("-1").contains(durable.parameters().get("maxDeliver"))) {
                boolean workQueue = configuredStreams().at("/" + durable.stream() + "/retention").asText().equals("work-queue");
                publish.addAll(consumer(durable).ofOperators(workQueue));
            }
        }
    }

    private static ConsumerRights consumer(RouteEndpoint endpoint) {
        return new ConsumerRights(endpoint.stream(), endpoint.durable(), endpoint.subject());
    }

    private Rights rights() {
        return new Rights(publish, subscribe, responses);
    }

    private static JsonNode configuredStreams() throws IOException {
        try (InputStream yaml = NeededRights.class.getResourceAsStream("/application.yaml")) {
            return new YAMLMapper().readTree(yaml).at("/ekko/nats/streams");
        }
    }
}
