package routes.nlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateCatalogueTest {

    private static final String GOOD = Catalogues.sources().stream().filter(s -> s.name().equals("chain_reorg.yaml")).findFirst().orElseThrow().yaml();

    static Stream<Arguments> examples() {
        return Catalogues.CATALOGUE.templates().stream().flatMap(t -> t.examples().stream().map(e -> Arguments.of(t.subEvent(), e.sentence(), e)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("examples")
    void everyExampleOfATemplateGivesItsParameters(String subEvent, String sentence, Template.Example example) {
        Interpretation answer = Catalogues.INTERPRETER.interpret(sentence);
        assertThat(answer.status()).as("%s", answer.missingInfo()).isEqualTo(Interpretation.Status.MATCHED);
        assertThat(answer.conditions()).singleElement().extracting(Condition::subEvent).isEqualTo(subEvent);
        var parameters = answer.conditions().get(0).parameters();
        assertThat(parameters.keySet()).containsExactlyInAnyOrderElementsOf(withDirection(example, parameters.containsKey("direction")));
        example.parameters().forEach((slot, value) -> {
            if (parameters.get(slot) instanceof Number) {
                assertThat(new BigDecimal(parameters.get(slot).toString())).as(slot).isEqualByComparingTo(value);
            } else {
                assertThat(parameters.get(slot)).as(slot).isEqualTo(value);
            }
        });
    }

    private static List<String> withDirection(Template.Example example, boolean direction) {
        return Stream.concat(example.parameters().keySet().stream(), direction ? Stream.of("direction") : Stream.empty()).distinct().toList();
    }

    @Test
    void holdsAllTemplatesEachWithAnExample() {
        assertThat(Catalogues.CATALOGUE.templates()).hasSize(30).allSatisfy(t -> {
            assertThat(t.examples()).isNotEmpty();
            assertThat(t.id()).isEqualTo(t.subEvent().toLowerCase(java.util.Locale.ROOT) + ".v1");
        });
    }

    @Test
    void versionFollowsTheContents() {
        String one = TemplateCatalogue.of(List.of(new TemplateSource("a.yaml", GOOD))).version();
        assertThat(TemplateCatalogue.of(List.of(new TemplateSource("a.yaml", GOOD))).version()).isEqualTo(one);
        assertThat(TemplateCatalogue.of(List.of(new TemplateSource("a.yaml", GOOD + "# changed\n"))).version()).isNotEqualTo(one);
    }

    @Test
    void aNewTemplateIsAFileAndNoJava() {
        String yaml = """
                id: validator_joined.v1
                event_type: PROTOCOL_EVENT
                sub_event: VALIDATOR_JOINED
                description: A validator joins
                metric: validators
                target: chain
                slots:
                  - {name: chain, required: true}
                  - {name: comparator}
                comparators: [any]
                patterns:
                  - {when: "validator add", score: 9}
                absorbs: [produce]
                examples: []
                """;
        var interpreter = new AlertInterpreter(TemplateCatalogue.of(List.of(new TemplateSource("validator_joined.yaml", yaml))));
        assertThat(interpreter.interpret("tell me when a validator is added on ethereum").conditions()).singleElement().extracting(Condition::templateId).isEqualTo("validator_joined.v1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            event_type: PROTOCOL_EVENT | event_type: CHAIN_EVENT | broken.yaml:2 | event_type
            id: chain_reorg.v1 | id: reorg.v1 | broken.yaml:1 | id
            score: 9 | score: high | patterns.score | high
            metric: reorg_depth | metrics: reorg_depth | broken.yaml:5 | metrics
            default_comparator: gte | default_comparator: more | broken.yaml | default_comparator
            description: Blocks | description: [Blocks | broken.yaml | expected
            """)
    void aBrokenFileIsNamedWithLineAndKey(String good, String bad, String where, String what) {
        String yaml = GOOD.replace(good, bad);
        if (what.equals("high")) {
            what = "whole number";
        }
        String wanted = what;
        assertThatThrownBy(() -> TemplateCatalogue.of(List.of(new TemplateSource("broken.yaml", yaml))))
                .isInstanceOf(TemplateException.class).hasMessageStartingWith("broken.yaml:").hasMessageContaining(where).hasMessageContaining(wanted);
    }

    @Test
    void twoFilesMayNotDeclareTheSameEvent() {
        assertThatThrownBy(() -> TemplateCatalogue.of(List.of(new TemplateSource("a.yaml", GOOD), new TemplateSource("b.yaml", GOOD))))
                .isInstanceOf(TemplateException.class).hasMessageContaining("b.yaml").hasMessageContaining("sub_event");
    }
}
