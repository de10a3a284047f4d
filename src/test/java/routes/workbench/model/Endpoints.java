package routes.workbench.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the endpoints that a step uses. */
final class Endpoints {

    private final Settings settings;
    private final Catalog catalog;

    Endpoints(Settings settings, Catalog catalog) {
        this.settings = settings;
        this.catalog = catalog;
    }

    Endpoint consumer(YamlNode from, Place place) {
        String uri = from.isScalar() ? from.text() : from.get("uri").text();
        return Endpoint.consumer(uri, from.has("uri") ? from.get("uri").place() : place, from.get("parameters"), settings, catalog);
    }

    List<Endpoint> of(String eip, Place place, YamlNode body) {
        return switch (eip) {
            case "to", "toD", "wireTap" -> List.of(producer(body, place));
            case "poll" -> List.of(consumer(body, place));
            case "saga" -> Stream.of("compensation", "completion").flatMap(end -> body.entry(end).stream()).map(end -> producer(end.value(), end.place())).toList();
            case "enrich", "pollEnrich", "recipientList", "routingSlip", "dynamicRouter" -> ofExpression(eip, body);
            default -> List.of();
        };
    }

    private Endpoint producer(YamlNode to, Place place) {
        String uri = to.isScalar() ? to.text() : to.get("uri").text();
        return Endpoint.producer(uri, to.isScalar() ? to.place() : to.has("uri") ? to.get("uri").place() : place, to.get("parameters"), settings, catalog);
    }

    private List<Endpoint> ofExpression(String eip, YamlNode body) {
        List<Endpoint> found = new ArrayList<>();
        Expression.of(body).filter(expression -> expression.language().matches("constant|simple")).ifPresent(expression -> {
            YamlNode none = body.get("");
            boolean single = eip.endsWith("nrich");
            String delimiter = body.get("delimiter").exists() ? body.get("delimiter").text() : eip.equals("routingSlip") && body.has("uriDelimiter") ? body.get("uriDelimiter").text() : ",";
            for (String uri : single ? new String[]{expression.text()} : expression.text().split(java.util.regex.Pattern.quote(delimiter))) {
                if (!uri.strip().startsWith("${") && uri.contains(":")) {
                    found.add(eip.equals("pollEnrich")
                            ? Endpoint.consumer(uri.strip(), expression.place(), none, settings, catalog)
                            : Endpoint.producer(uri.strip(), expression.place(), none, settings, catalog));
                }
            }
        });
        return found;
    }
}
