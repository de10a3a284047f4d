package routes.alerts;

import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import routes.nlp.AlertInterpreter;
import routes.nlp.Interpretation;

/**
 * What sentences mean, in the words of {@code jobs.alert.completed}. Many people ask for the same: a sentence that was worked out
 * lately is not worked out again. Hits, misses and size are metrics ({@code cache_gets_total{cache="sentences"}} …).
 */
@Component
class SentenceResults {

    private final AlertInterpreter interpreter;
    private final ObjectMapper json;
    private final LoadingCache<String, ObjectNode> known;

    SentenceResults(AlertInterpreter interpreter, ObjectMapper json, @Value("${ekko.nlp.known-sentences}") long size, MeterRegistry meters) {
        this.interpreter = interpreter;
        this.json = json;
        this.known = CaffeineCacheMetrics.monitor(meters, Caffeine.newBuilder().maximumSize(size).recordStats().build(this::workOut), "sentences");
    }

    /**
     * @param sentence anything but null
     * @return the {@code result} of a job, without the id of its alert; others have the same object, so it is not to be changed
     */
    ObjectNode of(String sentence) {
        return known.get(sentence);
    }

    private ObjectNode workOut(String sentence) {
        Interpretation interpretation = interpreter.interpret(sentence);
        boolean matched = interpretation.status() == Interpretation.Status.MATCHED;
        ObjectNode result = json.createObjectNode();
        result.put("status", status(interpretation));
        result.set("spec", json.valueToTree(interpretation.spec()));
        result.put("template_id", matched ? interpretation.matches().get(0).templateId() : null);
        result.put("confidence", matched ? interpretation.confidence() : null);
        result.set("parameters", json.valueToTree(matched ? interpretation.matches().get(0).parameters() : null));
        result.set("missing_info", json.valueToTree(interpretation.missingInfo() == null ? List.of() : interpretation.missingInfo()));
        result.put("reason", interpretation.reason());
        result.putNull("error");
        return result;
    }

    private static String status(Interpretation interpretation) {
        return switch (interpretation.status()) {
            case MATCHED -> "active";
            case NEEDS_CLARIFICATION -> "needs_clarification";
            case NO_MATCH -> "rejected";
        };
    }
}
