package routes.devservices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Says that a living JVM uses a server's directory. The operating system releases the lock with the process, so
 * a server found in an unlocked directory is the leftover of a run that was killed, and one in a locked directory
 * belongs to someone and must be left alone.
 */
final class DirectoryLock implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock acquire(Path directory) {
        // A run that has just been interrupted may still be shutting down.
        return acquire(directory, PATIENCE);
    }

    static DirectoryLock acquire(Path directory, Duration patience) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                Awaitility.await().atMost(patience).pollDelay(Duration.ZERO).until(() -> tryLock(channel) != null);
                return new DirectoryLock(channel);
            } catch (ConditionTimeoutException e) {
                channel.close();
                throw new IllegalStateException("Another run is using " + directory + ": end it first", e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisJvm) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
