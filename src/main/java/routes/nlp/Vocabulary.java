package routes.nlp;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the words mean: the phrases of {@code nlp/words.yaml} and the assets, chains, protocols, labels and collections of the
 * {@code nlp/*.csv} files. Immutable after loading.
 */
final class Vocabulary {

    /** @param nativeChain the chain whose coin it is, or null; @param usualPrice order of magnitude in USD, or null */
    record Asset(String ticker, String nativeChain, BigDecimal usualPrice) {
    }

    record Chain(String name, String nativeAsset, String symbol) {
    }

    private final Lexicon lexicon = new Lexicon();
    private final Map<String, Asset> assets = new HashMap<>();
    private final Map<String, Chain> chains = new HashMap<>();

    /** Reads all files of the class path. @throws TemplateException where one is broken */
    static Vocabulary load() {
        Vocabulary vocabulary = new Vocabulary();
        vocabulary.addWords();
        vocabulary.addAssets();
        vocabulary.addChains();
        vocabulary.addNames("nlp/protocols.csv", Kind.PROTOCOL);
        vocabulary.addNames("nlp/labels.csv", Kind.LABEL);
        vocabulary.addNames("nlp/collections.csv", Kind.COLLECTION);
        return vocabulary;
    }

    Lexicon lexicon() {
        return lexicon;
    }

    /** The asset of a ticker, or null. */
    Asset asset(String ticker) {
        return assets.get(ticker);
    }

    /** The chain of a canonical name, or null. */
    Chain chain(String name) {
        return chains.get(name);
    }

    private void addWords() {
        YamlReader yaml = YamlReader.ofResource("nlp/words.yaml");
        yaml.mapping(yaml.root(), "words").forEach((section, values) -> {
            Kind kind = Kind.valueOf(section.toUpperCase(Locale.ROOT));
            yaml.mapping(values, section).forEach((value, phrases) -> {
                for (String phrase : yaml.texts(phrases, value)) {
                    Inflection.forms(phrase).forEach(form -> lexicon.add(form, new Sense(kind, value)));
                }
            });
        });
    }

    private void addAssets() {
        for (List<String> row : rows("nlp/assets.csv", 4)) {
            String ticker = row.get(0);
            String chain = row.get(2).isEmpty() ? null : row.get(2);
            assets.put(ticker, new Asset(ticker, chain, row.get(3).isEmpty() ? null : new BigDecimal(row.get(3))));
            addPhrases(ticker + "," + row.get(1), new Sense(Kind.ASSET, ticker));
        }
    }

    private void addChains() {
        for (List<String> row : rows("nlp/chains.csv", 4)) {
            String name = row.get(0);
            chains.put(name, new Chain(name, row.get(2), row.get(3)));
            addPhrases(name + "," + row.get(1), new Sense(Kind.CHAIN, name));
        }
    }

    private void addNames(String file, Kind kind) {
        for (List<String> row : rows(file, 2)) {
            addPhrases(row.get(0) + "," + row.get(1), new Sense(kind, row.get(0)));
        }
    }

    private void addPhrases(String commaSeparated, Sense sense) {
        for (String phrase : commaSeparated.split(",")) {
            if (!phrase.isBlank()) {
                lexicon.add(phrase, sense);
            }
        }
    }

    private static List<List<String>> rows(String file, int columns) {
        List<List<String>> rows = new ArrayList<>();
        int number = 0;
        for (String line : YamlReader.resource(file).split("\\R")) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> row = List.of(line.split(";", -1));
            if (row.size() != columns) {
                throw new TemplateException(file, number, row.get(0), "needs " + columns + " columns");
            }
            rows.add(row);
        }
        return rows;
    }
}
