package routes.rest;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.coyote.http11.Http11NioProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatProtocolHandlerCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Unbounded, requests that come faster than they are answered fill the heap. */
@EnabledForJreRange(min = JRE.JAVA_24)
class VirtualThreadsTest {

    private static final int REQUESTS = 10;
    private static final int MOST = 2;

    @Test
    void requestsHaveVirtualThreadsAndNoMoreThanTomcatMayHave() {
        ServerProperties server = new ServerProperties();
        server.getTomcat().getThreads().setMax(MOST);
        Executor executor = executor(new WebConfiguration().virtualThreads(server));
        Semaphore answers = new Semaphore(0);
        AtomicInteger begun = new AtomicInteger();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < REQUESTS; i++) {
            executor.execute(() -> {
                threads.add(Thread.currentThread().toString());
                begun.incrementAndGet();
                answers.acquireUninterruptibly();
            });
        }
        for (int answered = 0; answered <= REQUESTS - MOST; answered++) {
            int underWay = answered + MOST;
            await().until(() -> begun.get() == underWay);
            answers.release();
        }
        assertThat(begun).hasValue(REQUESTS);
        assertThat(threads).allMatch(thread -> thread.startsWith("VirtualThread"));
    }

    @SuppressWarnings("unchecked")
    private static Executor executor(TomcatProtocolHandlerCustomizer<?> customizer) {
        Http11NioProtocol protocol = new Http11NioProtocol();
        ((TomcatProtocolHandlerCustomizer<Http11NioProtocol>) customizer).customize(protocol);
        return protocol.getExecutor();
    }
}
