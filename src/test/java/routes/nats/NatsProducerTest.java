package routes.nats;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nats.client.Dispatcher;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.NatsMessage;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.devservices.TestServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the producer sends, and what it makes of the answer. */
@Timeout(60)
class NatsProducerTest {

    private NatsRoom room;

    @BeforeEach
    void start() throws Exception {
        room = new NatsRoom(TestServers.nats().url());
        room.camel.start();
    }

    @AfterEach
    void stop() throws Exception {
        room.close();
    }

    @Test
    void aPublishIsDoneWhenItsPubAckHasCome() throws Exception {
        Exchange sent = room.template().send(room.to(), exchange -> exchange.getIn().setBody("{}"));
        assertThat(sent.getException()).isNull();
        assertThat(sent.getMessage().getHeaders()).containsEntry(NatsHeaders.STREAM, room.stream)
                .containsEntry(NatsHeaders.STREAM_SEQUENCE, 1L).containsEntry(NatsHeaders.DUPLICATE, false);
        assertThat(room.meters.counter("nats.messages.published", "subject", room.subject).count()).isOne();
    }

    @Test
    void everyMessageHasIdCorrelationAndCloudEventsAttributes() throws Exception {
        room.template().sendBodyAndHeaders(room.to(), "{}", Map.of("CamelNatsMessageId", "id-7", "X-Correlation-Id", "c-1"));
        Message message = stored(1);
        assertThat(message.getHeaders().getFirst("Nats-Msg-Id")).isEqualTo("id-7");
        assertThat(message.getHeaders().getFirst("X-Correlation-Id")).isEqualTo("c-1");
        assertThat(message.getHeaders().keySet()).contains("ce-specversion", "ce-id", "ce-type", "ce-source", "ce-time", "ce-dataschema");
        assertThat(message.getHeaders().getFirst("ce-id")).isEqualTo("id-7");
    }

    @Test
    void theSameIdIsStoredOnce() throws Exception {
        room.template().sendBodyAndHeader(room.to(), "first", "CamelNatsMessageId", "same");
        Exchange again = room.template().send(room.to(), exchange -> {
            exchange.getIn().setBody("second");
            exchange.getIn().setHeader("CamelNatsMessageId", "same");
        });
        assertThat(again.getException()).isNull();
        assertThat(again.getMessage().getHeader(NatsHeaders.DUPLICATE)).isEqualTo(true);
        assertThat(room.client.jetStreamManagement().getStreamInfo(room.stream).getStreamState().getMsgCount()).isOne();
    }

    /** As after a pause of the whole process. */
    @Test
    void aMessageThatComesTooLateIsNotSent() throws Exception {
        NatsMessage message = NatsMessage.builder().subject(room.subject).data("{}").build();
        assertThatThrownBy(() -> room.publisher.publish(message, Instant.now().minusMillis(1)).join()).hasCauseInstanceOf(PublishRefusedException.class);
        assertThat(room.publisher.publish(message, Instant.now().plusSeconds(60)).join().getSeqno()).isOne();
    }

    @Test
    void anInOutExchangeStillPublishes() throws Exception {
        Exchange sent = room.template().send(room.to(), ExchangePattern.InOut, exchange -> exchange.getIn().setBody("kept"));
        assertThat(sent.getException()).isNull();
        assertThat(sent.getMessage().getBody(String.class)).isEqualTo("kept");
        assertThat(stored(1).getData()).isEqualTo("kept".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aSubjectOfNoStreamIsAnErrorNotALoss() {
        assertThatThrownBy(() -> room.template().sendBody("nats:no.such.stream?jetstreamEnabled=true", "x"))
                .isInstanceOf(CamelExecutionException.class).cause()
                .isInstanceOf(PublishRefusedException.class).hasMessageContaining("no.such.stream").hasMessageContaining("503");
    }

    @ParameterizedTest
    @CsvSource({"jetstreamEnabled=true", "jetstreamEnabled=false", "requestReply=true"})
    void aBodyAboveOneMebibyteIsRefusedBeforeItIsSent(String options) throws Exception {
        assertThatThrownBy(() -> room.template().sendBody("nats:" + room.subject + "?" + options, new byte[1024 * 1024 + 1]))
                .cause().isInstanceOf(MessageTooLargeException.class)
                .hasMessageContaining(room.subject).hasMessageContaining("1048577").hasMessageContaining("1048576");
        assertThat(room.client.jetStreamManagement().getStreamInfo(room.stream).getStreamState().getMsgCount()).isZero();
    }

    @Test
    void whatAnHttpRequestBroughtAlongStaysHere() throws Exception {
        room.template().sendBodyAndHeaders(room.to(), "{}", Map.of("Authorization", "Bearer secret", "Cookie", "session=1",
                "CamelHttpMethod", "POST", "Nats-Msg-Id", "the one that came in", "X-Nats-Msg-Id", "looks like one",
                "Ekko-Redrive-Count", 2, "Injected", "a\r\nAuthorization: b"));
        Message message = stored(1);
        assertThat(message.getHeaders().keySet()).contains("Ekko-Redrive-Count")
                .noneMatch(name -> name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("Cookie")
                        || name.toLowerCase().startsWith("camel") || name.equals("X-Nats-Msg-Id"));
        assertThat(message.getHeaders().getFirst("Nats-Msg-Id")).isNotEqualTo("the one that came in");
        assertThat(message.getHeaders().getFirst("Injected")).isEqualTo("a Authorization: b");
    }

    @Test
    void ofABatchOnlyWhatIsRefusedIsLeftOut() throws Exception {
        JetStreamManagement streams = room.client.jetStreamManagement();
        streams.updateStream(StreamConfiguration.builder(streams.getStreamInfo(room.stream).getConfiguration()).maximumMessageSize(1000).build());
        Exchange sent = sendTogether("one", "x".repeat(2000), "three");
        assertThat(sent.getException()).isNull();
        assertThat(sent.getMessage().getBody(List.class)).hasSize(2);
        assertThat(streams.getStreamInfo(room.stream).getStreamState().getMsgCount()).isEqualTo(2);

        assertThat(sendTogether("x".repeat(2000), "x".repeat(3000)).getException()).as("nothing is left of it").isInstanceOf(PublishRefusedException.class);
    }

    private Exchange sendTogether(String... bodies) {
        List<Exchange> messages = Stream.of(bodies).map(body -> ExchangeBuilder.anExchange(room.camel).withBody(body).build()).toList();
        return room.template().send(room.to(), batch -> batch.getIn().setBody(messages));
    }

    @Test
    void aHeaderMayNameAnotherSubjectForOneMessage() throws Exception {
        String other = room.stream.toLowerCase() + ".other";
        Exchange sent = room.template().send(room.to(), exchange -> {
            exchange.getIn().setBody("x");
            exchange.getIn().setHeader(NatsHeaders.OVERRIDE_SUBJECT, other);
        });
        assertThat(stored(1).getSubject()).isEqualTo(other);
        assertThat(sent.getMessage().getHeader(NatsHeaders.OVERRIDE_SUBJECT)).isNull();
    }

    @Test
    void aRequestIsAnsweredByOneOfItsQueueGroup() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        room.camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (int i = 0; i < 2; i++) {
                    from("nats:ask." + room.stream + "?queueName=responders").process(exchange -> answered.incrementAndGet())
                            .setBody(simple("hello ${body}"));
                }
            }
        });
        for (int i = 0; i < 20; i++) {
            String name = "caller " + i;
            org.awaitility.Awaitility.await().ignoreExceptions().untilAsserted(() -> assertThat(
                    room.template().requestBody("nats:ask." + room.stream + "?requestReply=true", name, String.class)).isEqualTo("hello " + name));
        }
        assertThat(answered).hasValue(20);
    }

    /** Camel's own request-reply fails at about 1,000 requests per time-out period. */
    @Test
    void twoThousandRequestsWithinOneTimeoutPeriod() throws Exception {
        Dispatcher responder = room.client.createDispatcher(message -> room.client.publish(message.getReplyTo(), message.getData()));
        responder.subscribe("echo." + room.stream);
        room.client.flush(Duration.ofSeconds(1));
        String to = "nats:echo." + room.stream + "?requestReply=true&requestTimeout=20000";
        assertThat(IntStream.range(0, 2000).mapToObj(i -> room.template().asyncRequestBody(to, "r" + i, String.class)).toList())
                .allSatisfy(reply -> assertThat(reply.get()).startsWith("r"));
    }

    /** Where a route goes on by itself: in its error handler, or message by message after a batch. */
    @ParameterizedTest
    @CsvSource({"jetstreamEnabled=true", "requestReply=true"})
    void aRouteThatHasItsAnswerMayWaitForTheNext(String options) throws Exception {
        String subject = room.stream.toLowerCase() + ".next";
        Dispatcher responder = room.client.createDispatcher(message -> room.client.publish(message.getReplyTo(), message.getData()));
        responder.subscribe("echo." + room.stream);
        room.client.flush(Duration.ofSeconds(1));
        room.camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:twice").to("nats:" + (options.startsWith("request") ? "echo." + room.stream : subject) + "?" + options)
                        .process(exchange -> room.publisher.publish(NatsMessage.builder().subject(subject).data("next").build()).join());
            }
        });
        for (int i = 0; i < 10; i++) { // an answer may also be there before anyone waits for it
            Exchange done = room.template().send("direct:twice", exchange -> exchange.getIn().setBody("{}"));
            assertThat(done.getException()).isNull();
        }
    }

    @Test
    void aRequestWithoutAnAnswerTimesOut() throws Exception {
        Subscription silent = room.client.subscribe("silent." + room.stream);
        room.client.flush(Duration.ofSeconds(1));
        assertThatThrownBy(() -> room.template().requestBody("nats:silent." + room.stream + "?requestReply=true&requestTimeout=200", "x"))
                .cause().isInstanceOf(ExchangeTimedOutException.class);
        silent.unsubscribe();
        room.client.flush(Duration.ofSeconds(1));
        assertThatThrownBy(() -> room.template().requestBody("nats:silent." + room.stream + "?requestReply=true&requestTimeout=200", "x"))
                .cause().isInstanceOf(NatsUnavailableException.class).hasMessageContaining("No responder on silent.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "nats:a?noSuchOption=1                                                                      | noSuchOption",
            "nats:a?jetstreamEnabled=true&jetstreamName=S&durableName=d&maxDeliver=0                     | maxDeliver",
            "nats:a?jetstreamEnabled=true&jetstreamName=S&durableName=d&ackWait=soon                     | ackWait",
            "nats:a?jetstreamEnabled=true&jetstreamName=S&durableName=d&ackPolicy=perhaps                | ackPolicy",
            "nats:a?jetstreamEnabled=true&jetstreamName=S&durableName=d&nakDelayJitter=2                 | nakDelayJitter",
            "nats:a?jetstreamEnabled=true&durableName=d                                                 | jetstreamName",
            "nats:a?jetstreamEnabled=true&jetstreamName=S                                               | durableName",
            "nats:a?jetstreamEnabled=true&jetstreamName=S&durableName=d&pullSubscription=false           | pullSubscription",
            "nats:a?jetstreamEnabled=true&requestReply=true&jetstreamName=S&durableName=d                | requestReply"})
    void aWrongOptionEndsTheStartAndIsNamed(String uri, String option) {
        assertThatThrownBy(() -> room.camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).to("log:x");
            }
        })).isInstanceOfAny(FailedToCreateRouteException.class, ResolveEndpointFailedException.class, IllegalArgumentException.class,
                org.apache.camel.FailedToStartRouteException.class)
                .satisfies(failure -> assertThat(org.springframework.core.NestedExceptionUtils.getMostSpecificCause(failure).toString()
                        + failure.getMessage()).contains(option));
    }

    private Message stored(long sequence) throws Exception {
        return new StoredMessage(room.client.jetStreamManagement().getMessage(room.stream, sequence)).toMessage();
    }

    private record StoredMessage(io.nats.client.api.MessageInfo info) {
        Message toMessage() {
            return io.nats.client.impl.NatsMessage.builder().subject(info.getSubject()).headers(info.getHeaders()).data(info.getData()).build();
        }
    }
}
