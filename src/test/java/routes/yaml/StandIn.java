package routes.yaml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.component.http.HttpConstants;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/**
 * The HTTP services that routes call are not there in a test: this server answers in their place, over HTTP. Otherwise what
 * one test publishes would fail in the flow of another, and open its circuit breaker.
 */
final class StandIn implements AutoCloseable {

    /** What a call gets that no test has an answer for. */
    static final Answer WELL = new Answer(200, "{}");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    /** By the path of the call; they stay, because a client may call again: Apache's does after a 503. */
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();

    record Answer(int status, String body) {
    }

    StandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    static boolean isCall(NamedNode step) {
        String uri = step instanceof SendDefinition<?> to ? to.getEndpointUri() : step instanceof ToDynamicDefinition to ? to.getUri() : null;
        return uri != null && uri.matches("https?\\b.*");
    }

    /** Runs a step that calls a service, and lets the call end here. */
    void call(Processor step, Exchange exchange, Answer answer) throws Exception {
        String call = "/" + calls.incrementAndGet();
        answers.put(call, answer);
        // the one header that an http: endpoint takes its address from whatever its options, and takes away
        exchange.getIn().setHeader(HttpConstants.REST_HTTP_URI, "http://localhost:" + server.getAddress().getPort() + call);
        step.process(exchange);
    }

    private void answer(HttpExchange call) throws IOException {
        try (call) {
            Answer answer = answers.get(call.getRequestURI().getPath());
            call.getRequestBody().readAllBytes();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().add("Content-Type", "application/json");
            call.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            call.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
