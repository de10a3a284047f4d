package routes.devservices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A secret of the development run, kept in a file so that what was made by it outlives the run; {@code bin/token} reads that of tokens. */
final class DevelopmentSecret {

    private static final int BYTES = 32;

    private DevelopmentSecret() {
    }

    static String in(Path file) {
        try {
            Files.createDirectories(file.getParent());
            if (Files.notExists(file)) {
                create(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("A secret cannot be kept in " + file, e);
        }
    }

    private static void create(Path file) throws IOException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mineOnly = posix
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))} : new FileAttribute<?>[0];
        try {
            Files.createFile(file, mineOnly);
            Files.writeString(file, HexFormat.of().formatHex(secret) + System.lineSeparator());
        } catch (FileAlreadyExistsException e) {
            // another run was faster: its secret is as good
        }
    }
}
