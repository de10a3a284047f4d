package bench.baseline;

import java.io.IOException;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The same flow written by hand, as many such services are: Spring MVC, JdbcTemplate, jnats; events are published after
 * the commit, so a crash in between loses them. What the application is measured against.
 */
@SpringBootApplication(scanBasePackages = {"bench.baseline", "routes.alerts"})
public class Baseline {

    public static void main(String[] arguments) {
        SpringApplication.run(Baseline.class, arguments);
    }

    @Bean(destroyMethod = "close")
    Connection nats(Environment environment) throws IOException, InterruptedException {
        return Nats.connect(Options.builder().server(environment.getRequiredProperty("NATS_URL")).build());
    }

    @Bean
    JetStream jetStream(Connection nats) throws Exception {
        JetStreamManagement management = nats.jetStreamManagement();
        management.addStream(StreamConfiguration.builder().name("ALERTS").subjects("alerts.>").storageType(StorageType.File).build());
        management.addStream(StreamConfiguration.builder().name("JOBS").subjects("jobs.>").storageType(StorageType.File)
                .retentionPolicy(RetentionPolicy.WorkQueue).build());
        return nats.jetStream();
    }

    @Bean
    Table table(JdbcTemplate database) {
        database.execute("""
                CREATE TABLE IF NOT EXISTS alerts (
                    id uuid PRIMARY KEY, user_id text NOT NULL, name text NOT NULL, nl_description text NOT NULL,
                    status text NOT NULL DEFAULT 'pending', template_id text, confidence numeric, spec json,
                    created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now())""");
        database.execute("CREATE INDEX IF NOT EXISTS alerts_of_user ON alerts (user_id, created_at DESC)");
        return new Table();
    }

    /** Says that the table is there. */
    record Table() {
    }
}
