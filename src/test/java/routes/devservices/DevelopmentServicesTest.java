package routes.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import routes.devservices.DevelopmentServices.Running;

@ExtendWith(OutputCaptureExtension.class)
class DevelopmentServicesTest {

    @Test
    void tellTheApplicationTheirAddressesAndKeepTheirData(@TempDir Path folder, CapturedOutput output) throws Exception {
        String secret;
        try (ConfigurableApplicationContext application = run("--ekko.dev.data=" + folder)) {
            Environment environment = application.getEnvironment();
            Running servers = application.getBean(Running.class);
            assertThat(environment.getProperty("ekko.nats.url")).isEqualTo(servers.nats().orElseThrow().url());
            assertThat(output).contains("psql postgresql://ekko:ekko@127.0.0.1:", "nats --server nats://127.0.0.1:");
            assertThat(output).containsPattern("Token: +ey[\\w-]+\\.[\\w-]+\\.[\\w-]+");
            secret = environment.getProperty("ekko.security.jwt.secret");
            assertThat(secret).hasSizeGreaterThanOrEqualTo(32).isEqualTo(Files.readString(folder.resolve("jwt-secret")).strip());
            assertThat(output).contains("/actuator/hawtio (operator, password " + environment.getProperty("ekko.security.operator.password") + ")");
            execute(environment, "CREATE TABLE kept (id int)");
        }
        try (ConfigurableApplicationContext application = run("--ekko.dev.data=" + folder)) {
            execute(application.getEnvironment(), "SELECT * FROM kept");
            assertThat(application.getEnvironment().getProperty("ekko.security.jwt.secret")).as("tokens outlive the run").isEqualTo(secret);
        }
    }

    @Test
    void startOnlyWhatTheEnvironmentDoesNotName(@TempDir Path folder) {
        String elsewhere = "jdbc:postgresql://elsewhere/alerts";
        try (ConfigurableApplicationContext application = run("--ekko.dev.data=" + folder, "--spring.datasource.url=" + elsewhere)) {
            Running servers = application.getBean(Running.class);
            assertThat(servers.postgres()).isEmpty();
            assertThat(servers.nats()).isPresent();
            assertThat(application.getEnvironment().getProperty("spring.datasource.url")).isEqualTo(elsewhere);
        }
        try (ConfigurableApplicationContext application = run("--NATS_URL=nats://elsewhere", "--spring.datasource.url=" + elsewhere, "--EKKO_SECURITY_JWT_SECRET=my own")) {
            assertThat(application.getBean(Running.class).nats()).isEmpty();
            assertThat(application.getBean(Running.class).secret()).isEmpty();
            assertThat(application.getEnvironment().getProperty("NATS_URL")).isEqualTo("nats://elsewhere");
        }
    }

    private static ConfigurableApplicationContext run(String... arguments) {
        return new SpringApplicationBuilder(DevelopmentServices.class).web(WebApplicationType.NONE).run(arguments);
    }

    private static void execute(Environment environment, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(environment.getProperty("spring.datasource.url"),
                environment.getProperty("spring.datasource.username"), environment.getProperty("spring.datasource.password"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
