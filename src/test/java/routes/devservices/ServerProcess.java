package routes.devservices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A server's process and the signals one can send it. The process is no child of the JVM but leads a session of its own:
 * Ctrl-C in a terminal reaches every process of the foreground, and the servers have to outlive the application that drains.
 */
final class ServerProcess {

    private static final Duration DEATH = Duration.ofSeconds(20);

    // $0 is the log file. macOS has no setsid, but its sh has job control without a terminal.
    private static final String IN_A_SESSION_OF_ITS_OWN = """
            if command -v setsid >/dev/null 2>&1
            then setsid "$@" </dev/null >>"$0" 2>&1 &
            else set -m; "$@" </dev/null >>"$0" 2>&1 &
            fi
            echo $!""";

    private final ProcessHandle handle;

    private ServerProcess(ProcessHandle handle) {
        this.handle = handle;
    }

    static ServerProcess start(List<String> command, Path log) {
        List<String> line = new ArrayList<>(List.of("sh", "-c", IN_A_SESSION_OF_ITS_OWN, log.toString()));
        line.addAll(command);
        String pid = Command.run(line).outputOrThrow();
        return find(Long.parseLong(pid)).orElseThrow(
                () -> new IllegalStateException(command.get(0) + " ended at once; the end of " + log + ":\n" + tail(log)));
    }

    static Optional<ServerProcess> find(long pid) {
        return ProcessHandle.of(pid).map(ServerProcess::new).filter(ServerProcess::isAlive);
    }

    /** The process that a pid file names, if its command line names the argument too: numbers of processes are used again. */
    static Optional<ServerProcess> find(Path pidFile, String argument) {
        return readPid(pidFile).flatMap(ServerProcess::find).filter(found -> found.hasArgument(argument));
    }

    static Optional<Long> readPid(Path pidFile) {
        try (Stream<String> lines = Files.lines(pidFile)) {
            return lines.findFirst().map(String::strip).filter(line -> line.matches("\\d{1,18}")).map(Long::valueOf);
        } catch (IOException | UncheckedIOException missingOrUnreadable) {
            return Optional.empty();
        }
    }

    /** The last lines of a log, for the text of an exception. */
    static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }

    long pid() {
        return handle.pid();
    }

    boolean isAlive() {
        return handle.isAlive() && !isZombie();
    }

    private boolean hasArgument(String argument) {
        return handle.info().arguments().map(List::of).orElse(List.of()).contains(argument);
    }

    /** SIGSTOP for the process and everything it started. */
    void pause() {
        signal("STOP", tree());
    }

    /** SIGCONT for the process and everything it started. */
    void resume() {
        signal("CONT", tree());
    }

    /** SIGKILL for the process and everything it started, as a crash of the machine would end them. */
    void kill() {
        if (!isAlive()) {
            return;
        }
        signal("STOP", List.of(handle)); // from here on it starts no more processes that could be missed
        List<ProcessHandle> all = tree();
        signal("KILL", all);
        awaitEnd(all);
    }

    /** Ends the process by the signal that asks it to; by SIGKILL when it does not follow, or is paused. */
    void end(String politeSignal) {
        if (!isAlive()) {
            return;
        }
        List<ProcessHandle> all = tree();
        signal("CONT", all);
        signal(politeSignal, List.of(handle));
        try {
            awaitEnd(all);
        } catch (ConditionTimeoutException stubborn) {
            kill();
        }
    }

    private List<ProcessHandle> tree() {
        return Stream.concat(Stream.of(handle), handle.descendants()).toList();
    }

    private static void awaitEnd(List<ProcessHandle> processes) {
        Awaitility.await().atMost(DEATH).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10))
                .until(() -> processes.stream().map(ServerProcess::new).noneMatch(ServerProcess::isAlive));
    }

    private static void signal(String name, List<ProcessHandle> processes) {
        String pids = processes.stream().map(process -> Long.toString(process.pid())).collect(Collectors.joining(" "));
        // The shell's own kill: small images lack the program. Some of the processes may have ended meanwhile.
        Command.run(List.of("sh", "-c", "kill -s " + name + " " + pids + " 2>/dev/null; true")).outputOrThrow();
    }

    // In a container whose first process collects no orphans, the dead stay listed.
    private boolean isZombie() {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid() + "/stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException notLinuxOrGone) {
            return false;
        }
    }
}
