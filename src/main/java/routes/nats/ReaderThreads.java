package routes.nats;

import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the reader of a NATS connection, and tells when it has ended by an exception that jnats does not expect: of a message
 * whose headers are not ASCII, which other clients and the server take, jnats 2.26 throws one. Nobody would notice. The
 * connection would look open and send, and hear nothing any more, until the server's answers to its pings are missed.
 */
final class ReaderThreads extends ThreadPoolExecutor {

    private static final long IDLE_SECONDS = 10;

    private final Consumer<RuntimeException> ended;

    /** @param ended is told why, on the reader's thread */
    ReaderThreads(Consumer<RuntimeException> ended) {
        super(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "nats-reader");
            thread.setDaemon(true);
            return thread;
        });
        this.ended = ended;
    }

    /** As jnats hands over its reader; its end is a normal one to whoever waits for it, or the next connection would fail by it. */
    @Override
    public <T> Future<T> submit(Runnable reader, T result) {
        return super.submit(() -> {
            try {
                reader.run();
            } catch (RuntimeException e) {
                ended.accept(e);
            }
        }, result);
    }
}
