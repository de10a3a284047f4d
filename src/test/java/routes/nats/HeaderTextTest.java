package routes.nats;

import io.nats.client.impl.Headers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HeaderTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, quoteCharacter = '^', value = {
            "plain text: 100 %|plain text: 100 %",
            "größe|gr%C3%B6%C3%9Fe",
            "^a\r\n\r\nb^|a b",
            "a\0b|a%00b",
            "🚀|%F0%9F%9A%80"})
    void isWhatAHeaderCanHave(String value, String text) {
        assertThat(HeaderText.of(value)).isEqualTo(text);
        assertThat(new Headers().put("X", HeaderText.of(value)).getFirst("X")).isEqualTo(text);
    }
}
