package routes.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The branches of {@code bin/nats-server}, each in a project folder and with a PATH of its own. */
class NatsServerFinderTest {

    private static final String SERVER = """
            #!/bin/sh
            echo "nats-server: v%s"
            [ "$1" = --version ] || echo "arguments: $*"
            """;

    // What the script needs of a system; apt-get, dpkg, curl and wget are left out on purpose.
    private static final List<String> TOOLS = List.of("sh", "uname", "dirname", "mkdir", "mktemp", "mv", "rm", "chmod", "id", "grep", "tail",
            "sed", "cut", "tar", "gzip", "sha256sum", "shasum", "cat");

    @TempDir
    private Path folder;
    private Path path;
    private Path script;
    private final Map<String, String> environment = new HashMap<>();
    private HttpServer releases;

    @BeforeEach
    void aProjectAndAPath() throws IOException {
        path = Files.createDirectories(folder.resolve("path"));
        TOOLS.forEach(this::bringTool);
        environment.put("PATH", path.toString());
        script = folder.resolve("project/bin/nats-server");
        Files.createDirectories(script.getParent());
        Files.copy(ProjectHome.natsServerFinder(), script);
    }

    @AfterEach
    void stopReleases() {
        if (releases != null) {
            releases.stop(0);
        }
    }

    @Test
    void takesTheServerThatIsNamed() throws IOException {
        environment.put("NATS_SERVER", program(folder.resolve("mine"), "2.10.0").toString());
        program(path.resolve("nats-server"), "2.11.0");

        assertThat(run("--where").outputOrThrow()).isEqualTo(environment.get("NATS_SERVER"));
        assertThat(run("-p", "4222", "two words").outputOrThrow()).contains("v2.10.0", "arguments: -p 4222 two words");

        environment.put("NATS_SERVER", folder.resolve("missing").toString());
        assertThat(run("--where").exitCode()).isEqualTo(1);
    }

    @Test
    void takesTheServerOnThePath() throws IOException {
        Path installed = program(path.resolve("nats-server"), "2.9.0");
        assertThat(run("--where").outputOrThrow()).isEqualTo(installed.toString());
    }

    @Test
    void passesByItselfAndOldServersOnThePath() throws IOException {
        Path old = Files.createDirectories(folder.resolve("old"));
        program(old.resolve("nats-server"), "2.8.4");
        environment.put("PATH", script.getParent() + ":" + old + ":" + path);
        Path cached = program(cached(), "2.11.0");

        assertThat(run("--where").outputOrThrow()).isEqualTo(cached.toString());
    }

    @Test
    void takesWhatAnEarlierRunHasBrought() throws IOException {
        Path cached = program(cached(), "2.11.0");
        assertThat(run("--where").outputOrThrow()).isEqualTo(cached.toString());
        assertThat(run("-js").outputOrThrow()).contains("arguments: -js");
    }

    @Test
    void unpacksThePackageOfDebianWithoutInstallingIt() throws IOException {
        bringTool("touch");
        executable(path.resolve("apt-get"), """
                #!/bin/sh
                for argument; do last=$argument; done
                [ "$last" = nats-server ] && touch nats-server_2.9.10-1_amd64.deb
                """);
        fakeDpkg("2.9.10");

        Command found = run("--where");

        assertThat(lastLine(found)).isEqualTo(cached().toString());
        assertThat(run("--version").outputOrThrow()).isEqualTo("nats-server: v2.9.10");
        assertThat(leftInCache()).containsExactly("nats-server");
    }

    @Test
    void readsPackageListsOfItsOwnWhereThoseOfTheSystemAreEmpty() throws IOException {
        bringTool("touch");
        executable(path.resolve("apt-get"), """
                #!/bin/sh
                for argument; do
                  case $argument in Dir::State=*) state=${argument#*=} ;; esac
                  last=$argument
                done
                case $last in
                  update) touch "$state/lists/read" ;;
                  nats-server) [ -n "${state:-}" ] && [ -f "$state/lists/read" ] && touch nats-server_2.9.10-1_amd64.deb ;;
                esac
                """);
        fakeDpkg("2.9.10");

        assertThat(lastLine(run("--where"))).isEqualTo(cached().toString());
        assertThat(leftInCache()).containsExactly("nats-server");
    }

    @Test
    void bringsTheRealPackageWhereThisIsDebian() throws IOException {
        assumeThat(Path.of("/usr/bin/apt-get")).exists();
        List.of("apt-get", "dpkg", "dpkg-deb").forEach(this::bringTool);
        environment.put("PATH", path + ":/usr/bin:/bin");
        environment.put("NATS_SERVER_DOWNLOAD", "http://127.0.0.1:1");

        Command version = run("--version");

        // Without a network the same search has to end in the message of the last test.
        assumeThat(version.succeeded()).as(version.output()).isTrue();
        assertThat(lastLine(version)).matches("nats-server: v2\\..*");
    }

    @Test
    void downloadsTheReleaseAndVerifiesIt() throws Exception {
        bringDownloader();
        serveRelease(false);

        assertThat(lastLine(run("--where"))).isEqualTo(cached().toString());
        assertThat(run("--version").outputOrThrow()).startsWith("nats-server: v2.");
        assertThat(leftInCache()).containsExactly("nats-server");
    }

    @Test
    void severalDownloadsAtOnceAllSucceed() throws Exception {
        bringDownloader();
        serveRelease(false);

        List<CompletableFuture<Command>> runs = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> run("--version"))).toList();

        assertThat(runs).allSatisfy(run -> assertThat(lastLine(run.join())).startsWith("nats-server: v2."));
        assertThat(leftInCache()).containsExactly("nats-server");
    }

    @Test
    void refusesAReleaseWithAnotherChecksum() throws Exception {
        bringDownloader();
        serveRelease(true);

        Command refused = run("--where");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("checksum");
        assertThat(leftInCache()).isEmpty();
    }

    @Test
    void namesThreeWaysWhereNothingHelps() {
        Command failed = run("--where");

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.output()).contains("1. install it", "2. download it", "3. name it");
    }

    @Test
    void explainsItself() {
        assertThat(run("--help").outputOrThrow()).contains("--where", "NATS_SERVER_DOWNLOAD");
    }

    private Command run(String... arguments) {
        List<String> line = new ArrayList<>(List.of(script.toString()));
        line.addAll(List.of(arguments));
        return Command.run(line, environment);
    }

    private static String lastLine(Command command) {
        return command.outputOrThrow().lines().reduce((earlier, later) -> later).orElseThrow();
    }

    private Path cached() {
        return folder.resolve("project/.cache/nats-server").resolve(system()).resolve("nats-server").toAbsolutePath();
    }

    private List<String> leftInCache() throws IOException {
        try (var files = Files.list(cached().getParent())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String system() {
        String os = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        return os + "-" + (System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64");
    }

    private void bringTool(String name) {
        for (String directory : List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")) {
            Path tool = Path.of(directory, name);
            if (Files.isExecutable(tool)) {
                try {
                    executable(path.resolve(name), "#!/bin/sh\nexec " + tool + " \"$@\"\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return;
            }
        }
    }

    private void bringDownloader() {
        bringTool("curl");
        if (!Files.exists(path.resolve("curl"))) {
            bringTool("wget");
        }
        assumeThat(Files.exists(path.resolve("curl")) || Files.exists(path.resolve("wget"))).isTrue();
    }

    // Where the package is installed, the script has no need to unpack it.
    private static void assumeThePackageIsNotInstalled() {
        assumeThat(Path.of("/usr/sbin/nats-server")).doesNotExist();
    }

    private void fakeDpkg(String version) throws IOException {
        assumeThePackageIsNotInstalled();
        Path unpacked = program(folder.resolve("unpacked"), version);
        bringTool("cp");
        executable(path.resolve("dpkg"), """
                #!/bin/sh
                [ "$1" = -x ] && [ -f "$2" ] && mkdir -p "$3/usr/sbin" && cp '%s' "$3/usr/sbin/nats-server"
                """.formatted(unpacked));
    }

    private static Path program(Path file, String version) throws IOException {
        return executable(file, SERVER.formatted(version));
    }

    private static Path executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    /** A release server: every archive holds the program, whatever version the script asks for. */
    private void serveRelease(boolean spoilt) throws IOException {
        releases = HttpServer.create(new InetSocketAddress(Port.HOST, 0), 0);
        releases.createContext("/", exchange -> {
            String[] request = exchange.getRequestURI().getPath().substring(1).split("/");
            String name = "nats-server-" + request[0] + "-" + system();
            byte[] archive = archive(name, request[0].substring(1));
            byte[] answer = request[1].equals("SHA256SUMS") ? sums(archive, name, spoilt)
                    : request[1].equals(name + ".tar.gz") ? archive : null;
            exchange.sendResponseHeaders(answer == null ? 404 : 200, answer == null ? -1 : answer.length);
            try (OutputStream body = exchange.getResponseBody()) {
                if (answer != null) {
                    body.write(answer);
                }
            }
        });
        releases.start();
        environment.put("NATS_SERVER_DOWNLOAD", "http://" + Port.HOST + ":" + releases.getAddress().getPort());
    }

    private static byte[] archive(String name, String version) throws IOException {
        byte[] program = SERVER.formatted(version).getBytes(StandardCharsets.UTF_8);
        var bytes = new java.io.ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry(name + "/nats-server");
            entry.setSize(program.length);
            entry.setModTime(0);
            tar.putArchiveEntry(entry);
            tar.write(program);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static byte[] sums(byte[] archive, String name, boolean spoilt) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            digest[0] += (byte) (spoilt ? 1 : 0);
            return (HexFormat.of().formatHex(new byte[32]) + "  " + name + ".zip\n" + HexFormat.of().formatHex(digest) + "  " + name + ".tar.gz\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
