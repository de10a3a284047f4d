package routes.devservices;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A JVM that starts a server and waits, for tests to end in this way or that. Its program is one source file: no second main class. */
final class AnotherJvm implements AutoCloseable {

    private final Process process;
    private final long serverPid;

    private AnotherJvm(Process process) throws IOException {
        this.process = process;
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        StringBuilder all = new StringBuilder();
        while (line != null && !line.startsWith("server ")) {
            all.append(line).append('\n');
            line = output.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("The other JVM said only:\n" + all);
        }
        serverPid = Long.parseLong(line.substring("server ".length()));
    }

    /** Starts the server that the expression makes, in which {@code args} are the given paths. */
    static AnotherJvm start(Path folder, String server, Path... args) throws IOException {
        Path source = Files.writeString(folder.resolve("StartsAServer.java"), """
                import java.nio.file.Path;
                import routes.devservices.*;

                class StartsAServer {
                    public static void main(String[] args) throws Exception {
                        var server = %s;
                        System.out.println("server " + server.pid());
                        System.in.read();
                        System.exit(0);
                    }
                }
                """.formatted(server));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-Dekko.dev.home=" + ProjectHome.path(), "-cp", System.getProperty("java.class.path"), source.toString()));
        Stream.of(args).map(Path::toString).forEach(command::add);
        return new AnotherJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    long serverPid() {
        return serverPid;
    }

    /** Lets it exit by itself, shutdown handlers and all. */
    void exit() throws Exception {
        process.getOutputStream().close();
        process.waitFor();
    }

    /** SIGKILL. */
    void kill() throws Exception {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
