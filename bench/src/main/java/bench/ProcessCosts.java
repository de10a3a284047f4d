package bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a process and its children have used, read from /proc (Linux). */
final class ProcessCosts {

    /** Clock ticks a second: 100 on every Linux that Java runs on. */
    private static final double MILLIS_PER_TICK = 10;

    private ProcessCosts() {
    }

    /** @return CPU time in milliseconds, user and system, of the process, its children, and the children that have ended */
    static double cpuMillis(long pid) {
        double own = ticks(pid, true);
        return (own + children(pid).stream().mapToDouble(child -> ticks(child, true)).sum()) * MILLIS_PER_TICK;
    }

    /** @return the most memory it has ever had resident, in MiB */
    static double peakMemory(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM")).mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1024)
                    .findFirst().orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    private static List<Long> children(long parent) {
        return ProcessHandle.of(parent).map(process -> process.children().map(ProcessHandle::pid).toList()).orElse(List.of());
    }

    private static double ticks(long pid, boolean withEnded) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            double ticks = 0;
            for (int field = 11; field < (withEnded ? 15 : 13); field++) {
                ticks += Double.parseDouble(fields[field]);
            }
            return ticks;
        } catch (NoSuchFileException e) {
            return 0; // has ended meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
