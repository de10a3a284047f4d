package routes.production;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.springframework.util.function.SingletonSupplier;

/** The production jar as its image has it: laid out in files and trained, once for all tests of a JVM, which start it again and again. */
final class ProductionJar {

    private static final Path JAR = Path.of(System.getProperty("ekko.jar", "target/ekko-alerts.jar"));
    private static final Path FOLDER = Path.of("target", "production").toAbsolutePath();
    /** Enough to have loaded the classes that every alert needs. */
    private static final int ALERTS = 100;

    private static final SingletonSupplier<List<String>> COMMAND = SingletonSupplier.of(ProductionJar::make);

    private ProductionJar() {
    }

    /** @return the command that starts it, in two thirds of the time that {@code java -jar} takes */
    static List<String> command() {
        return COMMAND.obtain();
    }

    private static List<String> make() {
        Path javaHome = Path.of(System.getProperty("java.home"));
        try {
            layOut(javaHome);
            TrainingRun.train(javaHome, FOLDER, TrainingRun.Cache.ofThisJvm(), ALERTS);
            return ApplicationProcess.command(javaHome, FOLDER.resolve(JAR.getFileName()), "@" + FOLDER.resolve(TrainingRun.OPTIONS));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("%s could not be made ready for the tests".formatted(JAR), e);
        }
    }

    private static void layOut(Path javaHome) throws IOException, InterruptedException {
        Path log = Files.createDirectories(FOLDER).resolveSibling("production-layout.log");
        int end = new ProcessBuilder(javaHome.resolve("bin/java").toString(), "-Djarmode=tools", "-jar", JAR.toString(), "extract", "--force", "--destination", FOLDER.toString())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
        if (end != 0) {
            throw new IOException(Files.readString(log));
        }
    }
}
