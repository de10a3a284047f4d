package routes.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.PurgeOptions;
import io.nats.client.api.StreamConfiguration;

/**
 * The work queue JOBS at its limit, by jobs that nobody takes, until it is closed. The limit is set above what the queue
 * holds: nats-server 2.9 deletes what is beyond a limit that is lowered, also of a stream that discards the new.
 */
final class FullQueue implements AutoCloseable {

    private static final String STREAM = "JOBS";
    private static final String NOBODYS = "jobs.of.nobody";
    private static final long ROOM = 1_000;
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Connection nats;
    private final JetStreamManagement management;
    private final StreamConfiguration before;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread filler;

    FullQueue(World world) throws IOException, InterruptedException, JetStreamApiException {
        nats = world.natsClient();
        management = nats.jetStreamManagement();
        var stream = management.getStreamInfo(STREAM);
        before = stream.getConfiguration();
        management.updateStream(StreamConfiguration.builder(before).maxMessages(stream.getStreamState().getMsgCount() + ROOM).build());
        JetStream queue = nats.jetStream();
        fill(queue);
        filler = new Thread(() -> keepFull(queue), "full-queue");
        filler.start();
    }

    /** A result that is settled makes room for another. */
    private void keepFull(JetStream queue) {
        try {
            while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                fill(queue);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fill(JetStream queue) throws IOException {
        try {
            while (true) {
                queue.publish(NOBODYS, new byte[0]);
            }
        } catch (JetStreamApiException full) {
            // as full as it can be
        }
    }

    @Override
    public void close() throws IOException, InterruptedException, JetStreamApiException {
        closed.countDown();
        filler.join();
        management.updateStream(before);
        management.purgeStream(STREAM, PurgeOptions.subject(NOBODYS));
        nats.close();
    }
}
