package routes.nats;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A certificate authority with one server and one client, made anew with the JDK's own keytool: as PEM files for
 * nats-server, as stores for the application.
 */
final class TestCertificates {

    private static final String PASSWORD = "changeit";
    private static TestCertificates made;

    private final Path folder;

    private TestCertificates(Path folder) {
        this.folder = folder;
    }

    /** Made once for all tests of the JVM: keytool takes its time. */
    static synchronized TestCertificates make() throws Exception {
        if (made == null) {
            TestCertificates fresh = new TestCertificates(Files.createTempDirectory(Files.createDirectories(Path.of("target").toAbsolutePath()), "certificates"));
            fresh.fill();
            made = fresh;
        }
        return made;
    }

    private void fill() throws Exception {
        keyPair("ca", "-ext", "bc:c");
        keyPair("server", "-signer", "ca", "-ext", "san=ip:127.0.0.1,dns:localhost");
        keyPair("client", "-signer", "ca");
        KeyStore all = KeyStore.getInstance(folder.resolve("all.p12").toFile(), PASSWORD.toCharArray());
        pem("ca.pem", "CERTIFICATE", all.getCertificate("ca").getEncoded());
        pem("server.pem", "CERTIFICATE", all.getCertificate("server").getEncoded());
        pem("server-key.pem", "PRIVATE KEY", key(all, "server").getEncoded());

        KeyStore trust = empty();
        trust.setCertificateEntry("ca", all.getCertificate("ca"));
        store(trust, "trust.p12");
        KeyStore client = empty();
        client.setKeyEntry("client", key(all, "client"), PASSWORD.toCharArray(),
                new Certificate[] {all.getCertificate("client"), all.getCertificate("ca")});
        store(client, "client.p12");
    }

    /** Lines for the server's configuration: TLS only, and only for clients of this authority. */
    String serverConfig() {
        return "tls { cert_file: \"%s\", key_file: \"%s\", ca_file: \"%s\", verify: true }"
                .formatted(folder.resolve("server.pem"), folder.resolve("server-key.pem"), folder.resolve("ca.pem"));
    }

    String[] trustStoreSettings() {
        return new String[] {"NATS_TLS_TRUST_STORE=" + folder.resolve("trust.p12"), "NATS_TLS_TRUST_STORE_PASSWORD=" + PASSWORD};
    }

    String[] trustAndKeyStoreSettings() {
        List<String> settings = new ArrayList<>(List.of(trustStoreSettings()));
        settings.add("NATS_TLS_KEY_STORE=" + folder.resolve("client.p12"));
        settings.add("NATS_TLS_KEY_STORE_PASSWORD=" + PASSWORD);
        return settings.toArray(String[]::new);
    }

    private void keyPair(String name, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2",
                "-storetype", "PKCS12", "-keystore", folder.resolve("all.p12").toString(), "-storepass", PASSWORD));
        command.addAll(List.of(more));
        Path output = folder.resolve("keytool.log");
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            keytool.destroyForcibly();
            throw new IOException("keytool failed: " + Files.readString(output));
        }
    }

    private static Key key(KeyStore store, String name) throws Exception {
        return store.getKey(name, PASSWORD.toCharArray());
    }

    private void pem(String file, String kind, byte[] content) throws IOException {
        Files.writeString(folder.resolve(file), "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind,
                Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)));
    }

    private static KeyStore empty() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private void store(KeyStore store, String file) throws Exception {
        try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
            store.store(out, PASSWORD.toCharArray());
        }
    }
}
