package routes.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import routes.devservices.NatsServerProcess;
import routes.devservices.Port;
import routes.devservices.PostgresServer;
import routes.devservices.TestServers;
import routes.production.TrainingRun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** What the Dockerfile does, done without a container engine: its commands, its folders, its start, its health check. */
@Timeout(180)
class ContainerLayoutIT {

    private static final Path JAR = Path.of(System.getProperty("ekko.jar", "target/ekko-alerts.jar")).toAbsolutePath();
    /** Enough for a cache that can be used; what it gains is for docs/performance.md. */
    private static final int ALERTS = 200;

    private static final Pattern VERSION = Pattern.compile("^JAVA_VERSION=\"(\\d+)");

    @TempDir
    private Path folder;
    private final Dockerfile dockerfile = Dockerfile.read();
    private final Map<String, String> environment = new HashMap<>(dockerfile.environment());
    private final Path javaHome = likeThatOfTheImage();

    @Test
    void theLayersStartAreHealthyAndDrainAtSigterm() throws Exception {
        assumeThat(Path.of("/bin/bash")).exists();
        Path app = layers();
        boolean trained = train(app);
        Path log = folder.resolve("log");
        PostgresServer postgres = TestServers.postgres();
        try (NatsServerProcess nats = NatsServerProcess.start()) {
            environment.putAll(Map.of("NATS_URL", nats.url(), "SERVER_PORT", String.valueOf(Port.free()), "SPRING_DATASOURCE_URL", TestServers.newDatabase(),
                    "SPRING_DATASOURCE_USERNAME", postgres.username(), "SPRING_DATASOURCE_PASSWORD", postgres.password(),
                    "EKKO_SECURITY_JWT_SECRET", "a secret of 32 bytes or more, for this test"));
            assertThat(healthy()).as("before it is started").isFalse();
            List<String> command = dockerfile.command("ENTRYPOINT").stream().filter(option -> trained || !option.equals("@" + TrainingRun.OPTIONS)).toList();
            Process process = process(app, log, command);
            try {
                await("healthy").atMost(Duration.ofSeconds(90)).until(() -> healthy() || !process.isAlive());
                assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
                process.destroy();
                assertThat(process.waitFor(45, TimeUnit.SECONDS)).as("ends before it would be killed").isTrue();
                // 128 + SIGTERM
                assertThat(process.exitValue()).isEqualTo(143);
                // a JVM that cannot use the cache says so by a warning of its own
                assertThat(Files.readString(log)).contains("Picked up JAVA_TOOL_OPTIONS", "Shutdown in ").doesNotContain("[aot]", "[cds]");
                if (trained) {
                    assertThat(Files.readString(log)).contains("profile is active: \"virtual-threads\"");
                }
                assertThat(healthy()).as("after its end").isFalse();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /** Extracts the jar by the command of the build stage, and lays the folders over each other in the order of the COPYs. */
    private Path layers() throws Exception {
        Path build = Files.createDirectories(folder.resolve("build"));
        Files.copy(JAR, Files.createDirectories(build.resolve("target")).resolve("ekko-alerts.jar"));
        String extract = dockerfile.all("RUN").stream().filter(run -> run.startsWith("java ")).findFirst().orElseThrow();
        Path log = folder.resolve("extract.log");
        assertThat(process(build, log, List.of("sh", "-c", extract)).waitFor()).as(Files.readString(log)).isZero();
        Path app = Files.createDirectories(folder.resolve("app"));
        List<String> copies = dockerfile.all("COPY").stream().filter(copy -> copy.startsWith("--from=build ")).toList();
        assertThat(copies).hasSize(4);
        for (String copy : copies) {
            copy(folder.resolve(copy.split(" ")[1].substring(1)), app);
        }
        assertThat(dockerfile.all("COPY")).contains("deploy/jvm.options ./");
        Files.copy(Path.of("deploy", "jvm.options"), app.resolve("jvm.options"));
        return app;
    }

    /** As the image's stage of that name does. @return whether there is a JVM that can */
    private boolean train(Path app) throws Exception {
        assertThat(dockerfile.all("RUN")).anyMatch(run -> run.endsWith(" " + TrainingRun.class.getName() + " /app"));
        // the run starts with the options from there
        assertThat(dockerfile.all("COPY")).contains("deploy/jvm.options deploy/", "--from=training /app/%s /app/%s ./".formatted(TrainingRun.Cache.AOT.file(), TrainingRun.OPTIONS));
        if (version(javaHome) < TrainingRun.Cache.JAVA) {
            return false;
        }
        TrainingRun.train(javaHome, app, TrainingRun.Cache.AOT, ALERTS);
        return true;
    }

    /** This JVM, or one beside it that the training needs. */
    private static Path likeThatOfTheImage() {
        Path own = Path.of(System.getProperty("java.home")).toAbsolutePath();
        try (Stream<Path> beside = Files.list(own.getParent())) {
            return Stream.concat(Stream.of(own), beside).filter(home -> version(home) >= TrainingRun.Cache.JAVA).findFirst().orElse(own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the feature release of a JDK or JRE, 0 for any other folder */
    private static int version(Path javaHome) {
        try (Stream<String> release = Files.lines(javaHome.resolve("release"))) {
            return release.map(VERSION::matcher).filter(Matcher::find).mapToInt(found -> Integer.parseInt(found.group(1))).findFirst().orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                Path target = to.resolve(from.relativize(file));
                try {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private boolean healthy() throws Exception {
        return process(folder, folder.resolve("health.log"), dockerfile.command("HEALTHCHECK")).waitFor() == 0;
    }

    private Process process(Path directory, Path log, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).directory(directory.toFile());
        builder.environment().putAll(environment);
        builder.environment().merge("PATH", javaHome.resolve("bin").toString(), (path, java) -> java + ":" + path);
        // a program is looked for on the PATH of this JVM, not on that of the process
        if (command.get(0).equals("java")) {
            builder.command().set(0, javaHome.resolve("bin/java").toString());
        }
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }
}
