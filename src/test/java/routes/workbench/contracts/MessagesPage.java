package routes.workbench.contracts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The AsyncAPI document as a page, beside the one of the REST contract: written by {@code bin/contracts page}, and served as it is. It
 * needs no script; the renderers that there are for browsers want to evaluate code, which the Content-Security-Policy forbids.
 */
public final class MessagesPage {

    private static final String FILE = "src/main/resources/static/docs/messages.html";
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>%1$s</title>
              <link rel="stylesheet" href="messages.css">
            </head>
            <body>
            <!-- Written by bin/contracts page from asyncapi/ekko.yaml. -->
            <nav><a href="index.html">REST interface</a> <b>Messages</b></nav>
            <main>
            <h1>%1$s <small>%2$s</small></h1>
            """;

    private final Contract contract;
    private final Part document;
    private final StringBuilder html = new StringBuilder();

    private MessagesPage(Contract contract) {
        this.contract = contract;
        this.document = contract.part(Contract.MESSAGES);
    }

    /** Writes the page anew. */
    public static void write(Path home) throws IOException {
        Files.writeString(home.resolve(FILE), of(home));
    }

    static boolean isCurrent(Path home) throws IOException {
        return Files.readString(home.resolve(FILE)).equals(of(home));
    }

    private static String of(Path home) {
        return new MessagesPage(Contract.in(home.resolve("src/main/resources"))).page();
    }

    private String page() {
        Part info = document.get("info");
        html.append(HEAD.formatted(escaped(info.text("title")), escaped(info.text("version"))));
        for (String paragraph : info.text("description").strip().split("\n\n")) {
            html.append("<p>").append(prose(paragraph)).append("</p>\n");
        }
        contents();
        streams();
        html.append("<h2 id=\"headers\">Headers of every message</h2>\n");
        fields(document.get("components").get("messageTraits").get("event").get("headers"));
        document.get("channels").forEach(this::channel);
        return html.append("</main>\n</body>\n</html>\n").toString();
    }

    private void contents() {
        html.append("<h2>Subjects</h2>\n<ul>\n");
        document.get("channels").forEach((key, channel) -> html.append("<li><a href=\"#%s\">%s</a> %s</li>\n"
                .formatted(escaped(key), code(subject(channel)), prose(channel.text("description")))));
        html.append("</ul>\n");
    }

    private void streams() {
        html.append("<h2>Streams</h2>\n<table>\n<tr><th>stream</th><th>subjects</th><th>retention</th><th>when full, drops</th></tr>\n");
        document.get("x-jetstream-streams").forEach((name, stream) -> html.append("<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n".formatted(
                code(name), code(String.join(", ", words(stream.get("subjects").node()))), escaped(stream.text("retention")), escaped(stream.text("discard")))));
        html.append("</table>\n");
    }

    private void channel(String key, Part channel) {
        html.append("<section id=\"%s\">\n<h2>%s</h2>\n<p>%s</p>\n".formatted(escaped(key), code(subject(channel)), prose(channel.text("description"))));
        Part stream = channel.get("x-jetstream").get("stream");
        html.append(stream.exists() ? "<p>Kept by the stream %s.</p>\n".formatted(code(stream.node().asText())) : "<p>Not kept: core NATS.</p>\n");
        operations("#/channels/" + key);
        channel.get("messages").forEach((name, message) -> message(message.resolved()));
        html.append("</section>\n");
    }

    private void operations(String channel) {
        document.get("operations").forEach((name, operation) -> {
            if (operation.node().at("/channel/$ref").asText().equals(channel)) {
                Part durable = operation.get("x-jetstream").get("durable");
                html.append("<p><b>%s</b> %s%s</p>\n".formatted(operation.text("action").equals("send") ? "Sent:" : "Received:", prose(operation.text("summary")),
                        durable.exists() ? " Durable consumer %s.".formatted(code(durable.node().asText())) : ""));
            }
        });
    }

    private void message(Part message) {
        html.append("<h3>%s</h3>\n<p>%s</p>\n".formatted(escaped(message.text("title")), prose(message.text("summary"))));
        fields(message.get("payload"));
        message.get("examples").items().stream().findFirst().map(example -> example.get("payload").node()).ifPresent(payload ->
                html.append("<details><summary>Example</summary><pre>").append(escaped(payload.toPrettyString())).append("</pre></details>\n"));
    }

    private void fields(Part schema) {
        html.append("<table>\n<tr><th>field</th><th>type</th><th></th><th></th></tr>\n");
        FieldRows.of(schema, this::schemaFile).forEach(row -> html.append("<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                .formatted(code(row.field()), escaped(row.type()), row.required() ? "required" : "", prose(row.description()))));
        html.append("</table>\n");
    }

    private Optional<Part> schemaFile(String name) {
        return Optional.of(contract.part("schemas/" + name)).filter(Part::exists);
    }

    private static String subject(Part channel) {
        return channel.get("address").exists() ? channel.text("address") : "reply";
    }

    private static List<String> words(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static String code(String text) {
        return "<code>" + escaped(text) + "</code>";
    }

    /** Markdown, as far as the descriptions go: {@code `code`}. */
    private static String prose(String text) {
        return escaped(text.strip()).replaceAll("`([^`]*)`", "<code>$1</code>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
