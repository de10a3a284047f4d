package routes.faults;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import routes.devservices.NatsServerProcess;
import routes.devservices.Port;
import routes.devservices.PostgresServer;
import routes.production.ApplicationProcess;

/** All that runs: PostgreSQL, NATS behind a network that can fail, and one or two instances of the production jar. */
final class World implements Records, AutoCloseable {

    private final PostgresServer postgres;
    private final NatsServerProcess nats;
    private final TcpProxy network;
    private final TcpProxy networkOfSecond;
    private final String database;
    private final List<ApplicationProcess> instances = new CopyOnWriteArrayList<>();

    World() {
        postgres = PostgresServer.start();
        nats = NatsServerProcess.builder().maxFileStore("256MB").start();
        network = new TcpProxy(nats.port());
        networkOfSecond = new TcpProxy(nats.port());
        database = postgres.createDatabase("faults");
        instances.add(instance("one", network).awaitReady());
    }

    private ApplicationProcess instance(String name, TcpProxy to) {
        return new ApplicationProcess("faults-" + name, database, postgres, Map.of(
                "NATS_URL", "nats://%s:%d".formatted(Port.HOST, to.port()), "NATS_PING_INTERVAL", "1s"));
    }

    PostgresServer postgres() {
        return postgres;
    }

    /** SIGKILL for the NATS server; to the application as if it were connected to it directly. */
    void killNats() {
        nats.kill();
        network.cut();
        networkOfSecond.cut();
    }

    void restartNats() {
        nats.restart();
        network.restore();
        networkOfSecond.restore();
    }

    NatsServerProcess nats() {
        return nats;
    }

    /** Between the first instance and NATS. */
    TcpProxy network() {
        return network;
    }

    /** The instance that always runs, except for what faults do to it. */
    ApplicationProcess application() {
        return instances.get(0);
    }

    List<ApplicationProcess> instances() {
        return instances;
    }

    /** A second instance, for the faults that need one. */
    ApplicationProcess secondInstance() {
        if (instances.size() == 1) {
            instances.add(instance("two", networkOfSecond).awaitReady());
        }
        return instances.get(1);
    }

    /** Ends the second instance in the orderly way. */
    void oneInstance() throws InterruptedException {
        if (instances.size() > 1) {
            instances.remove(1).terminate();
        }
    }

    @Override
    public java.sql.Connection openDatabase() throws SQLException {
        return DriverManager.getConnection(database + "?socketTimeout=10&connectTimeout=5", postgres.username(), postgres.password());
    }

    /** A plain client, past the network that can fail. */
    @Override
    public Connection natsClient() throws IOException, InterruptedException {
        return Nats.connect(new Options.Builder().server(nats.url()).maxReconnects(0).errorListener(new ErrorListener() { }).build());
    }

    @Override
    public void close() {
        instances.forEach(ApplicationProcess::close);
        network.close();
        networkOfSecond.close();
        nats.close();
        postgres.close();
    }
}
