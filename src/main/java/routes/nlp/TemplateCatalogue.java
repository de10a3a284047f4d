package routes.nlp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** The templates of the service; immutable. */
public final class TemplateCatalogue {

    private final List<Template> templates;
    private final String version;

    private TemplateCatalogue(List<Template> templates, String version) {
        this.templates = List.copyOf(templates);
        this.version = version;
    }

    /**
     * Reads template files.
     *
     * @param sources the files, in any order
     * @throws TemplateException where one is broken (message: file, line, key) or two declare the same sub-event
     */
    public static TemplateCatalogue of(Collection<TemplateSource> sources) {
        List<TemplateSource> sorted = sources.stream().sorted(Comparator.comparing(TemplateSource::name)).toList();
        List<Template> templates = new ArrayList<>();
        for (TemplateSource source : sorted) {
            Template template = TemplateReader.read(source);
            if (templates.stream().anyMatch(t -> t.subEvent().equals(template.subEvent()))) {
                throw new TemplateException(source.name(), 1, "sub_event", "'" + template.subEvent() + "' is declared by another file too");
            }
            templates.add(template);
        }
        return new TemplateCatalogue(templates, hash(sorted));
    }

    /** All templates, ordered by file name. */
    public List<Template> templates() {
        return templates;
    }

    /** A hash of the contents: it changes with every change of a template, and so is part of cache keys. */
    public String version() {
        return version;
    }

    private static String hash(List<TemplateSource> sources) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (TemplateSource source : sources) {
                digest.update(source.name().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(source.yaml().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
