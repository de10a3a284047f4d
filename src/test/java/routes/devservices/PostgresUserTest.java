package routes.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root only: an ordinary user needs no other one. The temporary folder may be entered by its owner alone, as root's home. */
class PostgresUserTest {

    @TempDir
    private Path folder;

    @Test
    void everyWayOutOfRootReachesAFolderThatOnlyRootMayEnter() throws Exception {
        assumeThat(Command.run(List.of("id", "-u")).output()).isEqualTo("0");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Path program = Files.createDirectories(programs.resolve("bin")).resolve("postgres");
        Files.writeString(program, "#!/bin/sh\nid -u\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path data = Files.createDirectories(folder.resolve("data"));

        List<PostgresUser> ways = PostgresUser.waysOutOfRoot(programs, data).toList();

        assertThat(ways).isNotEmpty().allSatisfy(user -> {
            assertThat(Command.run(user.command(program)).outputOrThrow()).isNotEqualTo("0");
            user.takeOver(data);
            assertThat(Files.getAttribute(data, "unix:uid")).isEqualTo(user.owner());
        });
    }
}
