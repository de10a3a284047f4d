package routes.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

import routes.devservices.Port;

/** The network between the application and a server: it can be cut, and it can be slow. */
final class TcpProxy implements AutoCloseable {

    /** Some bytes on their way, and when they arrive. None: the end of the stream. */
    private record Packet(byte[] bytes, long dueNanos) {
    }

    private final int port = Port.free();
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "network");
        thread.setDaemon(true);
        return thread;
    });
    private ServerSocket listener;
    private Future<?> accepting;
    private volatile Duration delay = Duration.ZERO;

    TcpProxy(int target) {
        this.target = target;
        restore();
    }

    int port() {
        return port;
    }

    /** Breaks all connections and refuses new ones. */
    synchronized void cut() {
        close(listener);
        try {
            // only then is the port free again
            accepting.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        open.forEach(TcpProxy::close);
    }

    /** Takes connections again. */
    synchronized void restore() {
        try {
            ServerSocket fresh = new ServerSocket(port, 50, InetAddress.getByName(Port.HOST));
            listener = fresh;
            accepting = threads.submit(() -> accept(fresh));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each byte takes so long, in either direction. */
    void slow(Duration each) {
        delay = each;
    }

    private void accept(ServerSocket from) {
        try {
            while (!from.isClosed()) {
                connect(from.accept());
            }
        } catch (IOException e) {
            // cut
        }
    }

    private void connect(Socket client) {
        try {
            Socket server = new Socket(Port.HOST, target);
            for (Socket socket : Arrays.asList(client, server)) {
                socket.setTcpNoDelay(true);
                open.add(socket);
            }
            pass(client, server);
            pass(server, client);
        } catch (IOException e) {
            close(client);
        }
    }

    private void pass(Socket from, Socket to) {
        BlockingQueue<Packet> underway = new ArrayBlockingQueue<>(1_000);
        threads.execute(() -> send(from, underway));
        threads.execute(() -> deliver(underway, to));
    }

    private void send(Socket from, BlockingQueue<Packet> underway) {
        byte[] buffer = new byte[16_384];
        try {
            int count = 0;
            while (count >= 0) {
                try {
                    count = from.getInputStream().read(buffer);
                } catch (IOException e) {
                    count = -1;
                }
                underway.put(new Packet(Arrays.copyOf(buffer, Math.max(0, count)), System.nanoTime() + delay.toNanos()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
        }
    }

    private static void deliver(BlockingQueue<Packet> underway, Socket to) {
        try (to; OutputStream output = to.getOutputStream()) {
            for (Packet packet = underway.take(); packet.bytes().length > 0; packet = underway.take()) {
                for (long left = packet.dueNanos() - System.nanoTime(); left > 0; left = packet.dueNanos() - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                output.write(packet.bytes());
            }
        } catch (IOException e) {
            drop(underway);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The other side is gone: its sender must not be left waiting for room. */
    private static void drop(BlockingQueue<Packet> underway) {
        try {
            while (underway.take().bytes().length > 0) {
                // lost
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // was closed
        }
    }

    @Override
    public void close() {
        cut();
        threads.shutdownNow();
    }
}
