package routes.templates;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import routes.nlp.Template;

/** A template as {@code GET /templates} shows it. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record TemplateView(String id, String eventType, String subEvent, String description, String metric, List<Slot> slots,
                    List<String> comparators, List<String> units, List<Example> examples) {

    record Slot(String name, boolean required) {
    }

    record Example(String sentence, Map<String, String> parameters) {
    }

    static TemplateView of(Template template) {
        return new TemplateView(template.id(), template.eventType(), template.subEvent(), template.description(), template.metric(),
                template.slots().stream().map(slot -> new Slot(slot.name(), slot.required())).toList(),
                template.comparators(), template.units(),
                template.examples().stream().map(example -> new Example(example.sentence(), example.parameters())).toList());
    }
}
