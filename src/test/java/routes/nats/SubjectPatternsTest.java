package routes.nats;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SubjectPatternsTest {

    private final NatsMetricsProperties properties = ApplicationYaml.with().bind("ekko.nats.metrics", NatsMetricsProperties.class).get();
    private final SubjectPatterns patterns = new SubjectPatterns(properties);

    @ParameterizedTest(name = "{0} matches {1}: {2}")
    @CsvSource({
            "alerts.created, alerts.created,     true",
            "alerts.created, alerts.updated,     false",
            "alerts.created, alerts.created.now, false",
            "alerts.created, alerts,             false",
            "alerts.*,       alerts.created,     true",
            "alerts.*,       alerts,             false",
            "jobs.*,         jobs.alert.created, false",
            "jobs.*.created, jobs.alert.created, true",
            "*.alert.*,      jobs.alert.created, true",
            "*,              alerts,             true",
            "*,              alerts.created,     false",
            "alerts.>,       alerts.created,     true",
            "alerts.>,       alerts.template.matched, true",
            "alerts.>,       alerts,             false",
            "alerts.>,       alertsx.created,    false",
            "jobs.*.>,       jobs.alert.created, true",
            "jobs.*.>,       jobs.alert,         false",
            ">,              anything.at.all,    true",
            // subjects are case-sensitive, and a dot is only a dot
            "alerts.created, ALERTS.created,     false",
            "alerts.created, alertsxcreated,     false"})
    void wildcardsMeanWhatTheyMeanToTheServer(String pattern, String subject, boolean expected) {
        assertThat(SubjectPatterns.matches(pattern, subject)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} is reported as {1}")
    @CsvSource({
            "alerts.created,                   alerts.created",
            "alerts.template.matched,          alerts.template.matched",
            "alerts.something.new,             alerts.>",
            "jobs.alert.completed,             jobs.alert.completed",
            "templates.match.response,         templates.match.response",
            "templates.match.response.7f3a,    templates.match.response.>",
            "dlq.jobs.alert.created,           dlq.jobs.alert.created",
            "dlq.other.things,                 dlq.>",
            "_INBOX.hRzX2.Q7,                  _INBOX.>",
            "somebody.elses.subject,           other"})
    void theFirstPatternThatMatchesIsTheLabel(String subject, String label) {
        assertThat(patterns.of(subject)).isEqualTo(label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts.", "templates.match.response.", "_INBOX.", "dlq.", "made.up."})
    void idsMakeNoLabels(String prefix) {
        assertThat(Stream.generate(() -> patterns.of(prefix + UUID.randomUUID())).limit(1000).collect(Collectors.toSet())).hasSize(1);
    }

    @Test
    void everyConfiguredPatternIsReachable() {
        // a pattern behind a wider one would never be seen
        assertThat(properties.subjects()).isNotEmpty().allSatisfy(pattern ->
                assertThat(patterns.of(pattern.replace(">", "x").replace("*", "x"))).isEqualTo(pattern));
    }
}
