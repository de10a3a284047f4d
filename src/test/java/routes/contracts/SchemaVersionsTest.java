package routes.contracts;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Two versions of one schema side by side, as docs/schemas.md describes them: {@code test.thing.v1.json} and {@code .v2.json}. */
class SchemaVersionsTest {

    private static final String SUBJECT = "test.thing";
    private static final String OLD = "{\"id\":\"a\",\"size\":3}";
    private static final String NEW = "{\"id\":\"a\",\"size\":3,\"unit\":\"mm\"}";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MessageSchemas schemas = new MessageSchemas(new ObjectMapper(), meters);

    @Test
    void aMessageOfTheFirstVersionIsCheckedByTheFirst() throws Exception {
        check("urn:ekko:schema:test.thing:v1", OLD);
        assertViolates("urn:ekko:schema:test.thing:v1", "{\"id\":\"a\"}", "test.thing.v1", "size");
    }

    @Test
    void aMessageOfTheSecondVersionIsCheckedByTheSecond() throws Exception {
        check("urn:ekko:schema:test.thing:v2", NEW);
        assertViolates("urn:ekko:schema:test.thing:v2", OLD, "test.thing.v2", "unit");
        assertViolates("urn:ekko:schema:test.thing:v2", "{\"id\":\"a\",\"size\":3,\"unit\":\"mile\"}", "test.thing.v2", "unit");
    }

    @Test
    void aReaderOfTheFirstVersionUnderstandsAMessageOfTheSecond() throws Exception {
        check("urn:ekko:schema:test.thing:v1", NEW);
    }

    @Test
    void aVersionThatIsNotKnownYetIsCheckedByTheNewest() throws Exception {
        check("urn:ekko:schema:test.thing:v3", "{\"id\":\"a\",\"size\":3,\"unit\":\"mm\",\"colour\":\"red\"}");
        assertViolates("urn:ekko:schema:test.thing:v3", OLD, "test.thing.v2", "unit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "urn:ekko:schema:test.thing", "https://example.org/thing", "urn:ekko:schema:test.thing:v", "urn:ekko:schema:test.thing:v99999999999"})
    void aMessageThatNamesNoVersionIsCheckedByTheNewest(String name) throws Exception {
        check(name, NEW);
        assertViolates(name, OLD, "test.thing.v2", "unit");
    }

    @Test
    void aMessageWithoutTheHeaderIsCheckedByTheNewest() throws Exception {
        check(null, NEW);
        assertViolates(null, OLD, "test.thing.v2", "unit");
    }

    @Test
    void aSubjectWithoutASchemaIsNotChecked() {
        assertThatCode(() -> schemas.check("test.other", null, "anything".getBytes(StandardCharsets.UTF_8), "in")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "no json", "{\"id\":\"a\"", "{\"id\":\"a\",\"size\":3,\"unit\":\"mm\"} {}"})
    void whatIsNoJsonIsRefusedInEveryVersion(String body) {
        assertThatThrownBy(() -> check("urn:ekko:schema:test.thing:v1", body)).isInstanceOfAny(JsonProcessingException.class, SchemaViolationException.class);
    }

    @Test
    void violationsAreCountedBySubjectAndDirection() {
        assertViolates("urn:ekko:schema:test.thing:v2", OLD, "test.thing.v2", "unit");
        assertViolates("urn:ekko:schema:test.thing:v1", "{}", "test.thing.v1", "size");
        assertThat(meters.counter("ekko.schema.violations", "subject", SUBJECT, "direction", "in").count()).isEqualTo(2);
        assertThat(meters.counter("ekko.schema.violations", "subject", SUBJECT, "direction", "out").count()).isZero();
    }

    private void check(String dataSchema, String body) throws JsonProcessingException {
        schemas.check(SUBJECT, dataSchema, body.getBytes(StandardCharsets.UTF_8), "in");
    }

    private void assertViolates(String dataSchema, String body, String schema, String field) {
        assertThatThrownBy(() -> check(dataSchema, body)).isInstanceOf(SchemaViolationException.class)
                .hasMessageContaining(schema + ":").hasMessageContaining(field);
    }
}
