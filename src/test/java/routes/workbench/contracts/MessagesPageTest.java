package routes.workbench.contracts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** The page of the messages shows what the AsyncAPI document and the schemas say. */
class MessagesPageTest {

    private static final Path PROJECT = Path.of("").toAbsolutePath();

    @Test
    void thePageIsCurrent() throws IOException {
        assertThat(MessagesPage.isCurrent(PROJECT)).as("static/docs/messages.html is current; bin/contracts page writes it anew").isTrue();
    }

    @Test
    void itShowsSubjectsStreamsFieldsAndConsumersOfAChangedDocument(@TempDir Path home) throws IOException {
        FileSystemUtils.copyRecursively(PROJECT.resolve("src/main/resources"), home.resolve("src/main/resources"));
        Path document = home.resolve("src/main/resources/asyncapi/ekko.yaml");
        Files.writeString(document, Files.readString(document).replace("An alert was deleted.", "An alert & <b>its</b> `spec` are gone."));
        assertThat(MessagesPage.isCurrent(home)).isFalse();
        MessagesPage.write(home);
        assertThat(MessagesPage.isCurrent(home)).isTrue();
        assertThat(Files.readString(home.resolve("src/main/resources/static/docs/messages.html")))
                .contains("An alert &amp; &lt;b&gt;its&lt;/b&gt; <code>spec</code> are gone.")
                .contains("<section id=\"jobsAlertCompleted\">\n<h2><code>jobs.alert.completed</code></h2>")
                .contains("<tr><td><code>JOBS</code></td><td><code>jobs.&gt;</code></td><td>workqueue</td><td>new</td></tr>")
                .contains("Durable consumer <code>alerts-job-completed</code>.")
                .contains("<tr><td><code>alert.spec.trigger.mode</code></td>")
                .contains("<tr><td><code>user_id</code></td><td>string</td><td>required</td><td>Owner of the alert</td></tr>")
                .doesNotContain("<script");
    }
}
