package routes.devservices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What a command that ended by itself has left: its exit code and what it printed. */
record Command(List<String> line, int exitCode, String output) {

    /** Runs a command to its end; standard error counts as output. */
    static Command run(List<String> line) {
        return run(line, Map.of(), false);
    }

    /** Runs a command to its end and shows its standard error, where it reports progress, to the person who waits. */
    static Command runShowingProgress(List<String> line) {
        return run(line, Map.of(), true);
    }

    /** Runs a command with exactly these environment variables. */
    static Command run(List<String> line, Map<String, String> environment) {
        return run(line, environment, false);
    }

    private static Command run(List<String> line, Map<String, String> environment, boolean showProgress) {
        ProcessBuilder builder = new ProcessBuilder(line);
        if (!environment.isEmpty()) {
            builder.environment().clear();
            builder.environment().putAll(environment);
        }
        if (showProgress) {
            builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        } else {
            builder.redirectErrorStream(true);
        }
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return new Command(line, process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + line, e);
        }
    }

    boolean succeeded() {
        return exitCode == 0;
    }

    String outputOrThrow() {
        if (!succeeded()) {
            throw new IllegalStateException(String.join(" ", line) + " ended with exit code " + exitCode + ":\n" + output);
        }
        return output;
    }
}
