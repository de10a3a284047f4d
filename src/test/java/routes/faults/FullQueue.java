package routes.faults;

import java.io.IOException;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.PurgeOptions;
import io.nats.client.api.StreamConfiguration;

/** The work queue JOBS at its limit, by a job that nobody takes, until it is closed. */
final class FullQueue implements AutoCloseable {

    private static final String STREAM = "JOBS";
    private static final String NOBODYS = "jobs.of.nobody";

    private final Connection nats;
    private final JetStreamManagement management;
    private final StreamConfiguration before;

    FullQueue(World world) throws IOException, InterruptedException, JetStreamApiException {
        nats = world.natsClient();
        management = nats.jetStreamManagement();
        before = management.getStreamInfo(STREAM).getConfiguration();
        nats.jetStream().publish(NOBODYS, new byte[0]);
        management.updateStream(StreamConfiguration.builder(before).maxMessages(1).build());
    }

    @Override
    public void close() throws IOException, InterruptedException, JetStreamApiException {
        management.updateStream(before);
        management.purgeStream(STREAM, PurgeOptions.subject(NOBODYS));
        nats.close();
    }
}
