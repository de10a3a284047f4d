package routes.nlp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Corrects an unknown word to a word of the vocabulary, if exactly one is near enough. Numbers, addresses, tickers in capitals and
 * English words that are one slip away from ours ({@code protected}, {@code nlp/english.txt}) stay as they are.
 */
final class Spelling {

    private static final String VOWELS = "aeiouy";
    /** How much nearer the best candidate must be than the second. */
    private static final double MARGIN = 0.25;

    private final Map<String, String> slips = new HashMap<>();
    private final Set<String> guarded = new HashSet<>();
    private final Map<String, List<String>> byStart = new HashMap<>();
    private final Set<String> known;
    private final Function<String, Object> meanings;

    /** @param meanings what a word means, to compare: two near words that mean the same do not make a slip unclear */
    Spelling(Set<String> vocabulary, Function<String, Object> meanings) {
        known = vocabulary;
        this.meanings = meanings;
        for (String word : vocabulary) {
            if (word.length() >= 3 && word.chars().allMatch(Character::isLetter)) {
                byStart.computeIfAbsent(word.charAt(0) + "" + word.length(), start -> new ArrayList<>()).add(word);
            }
        }
        YamlReader yaml = YamlReader.ofResource("nlp/spelling.yaml");
        var sections = yaml.mapping(yaml.root(), "spelling");
        yaml.mapping(sections.get("slips"), "slips").forEach((slip, node) -> slips.put(slip, yaml.text(node, slip)));
        guarded.addAll(yaml.texts(sections.get("protected"), "protected"));
        YamlReader.resource("nlp/english.txt").lines().filter(line -> !line.startsWith("#")).forEach(line -> guarded.addAll(List.of(line.split(" "))));
    }

    /** The word or phrase meant by an unknown word, or null where none or more than one is near. */
    String correct(String word) {
        if (known.contains(word)) {
            return null;
        }
        String slip = slips.get(word);
        if (slip != null) {
            return slip.equals(word) ? null : slip;
        }
        if (word.length() < 3 || word.length() > 20 || guarded.contains(word) || !word.chars().allMatch(Character::isLetter)) {
            return null;
        }
        return nearest(word);
    }

    private String nearest(String word) {
        double limit = word.length() <= 3 ? 0.8 : word.length() <= 4 ? 1.0 : word.length() <= 6 ? 1.4 : 2.0;
        String best = null;
        double bestDistance = Double.MAX_VALUE;
        double second = Double.MAX_VALUE;
        for (String candidate : candidates(word)) {
            double distance = distance(word, candidate);
            if (distance > Math.min(limit, bestDistance) + MARGIN) {
                continue;
            }
            boolean same = best != null && meanings.apply(best).equals(meanings.apply(candidate));
            if (distance < bestDistance) {
                second = same ? second : bestDistance;
                bestDistance = distance;
                best = candidate;
            } else if (!same) {
                second = Math.min(second, distance);
            }
        }
        return bestDistance <= limit && second - bestDistance >= MARGIN ? best : null;
    }

    /** Words of about the same length with the same first letter, or with the first two letters swapped. */
    private List<String> candidates(String word) {
        List<String> near = new ArrayList<>();
        for (int length = word.length() - 2; length <= word.length() + 2; length++) {
            near.addAll(byStart.getOrDefault(word.charAt(0) + "" + length, List.of()));
            if (word.charAt(1) != word.charAt(0)) {
                byStart.getOrDefault(word.charAt(1) + "" + length, List.of()).stream().filter(candidate -> candidate.charAt(1) == word.charAt(0)).forEach(near::add);
            }
        }
        return near;
    }

    /**
     * Edit distance in which the slips of real typing cost less: swapped neighbours 0.6, a doubled letter 0.5, a vowel missing or
     * exchanged for another 0.75; everything else 1.
     */
    static double distance(String typed, String meant) {
        double[][] cost = new double[typed.length() + 1][meant.length() + 1];
        for (int i = 0; i <= typed.length(); i++) {
            for (int j = 0; j <= meant.length(); j++) {
                if (i == 0 && j == 0) {
                    continue;
                }
                double least = Double.MAX_VALUE;
                if (i > 0) {
                    least = cost[i - 1][j] + (i > 1 && typed.charAt(i - 1) == typed.charAt(i - 2) ? 0.5 : 1);
                }
                if (j > 0) {
                    boolean doubled = j > 1 && meant.charAt(j - 1) == meant.charAt(j - 2);
                    least = Math.min(least, cost[i][j - 1] + (doubled ? 0.5 : isVowel(meant.charAt(j - 1)) ? 0.75 : 1));
                }
                if (i > 0 && j > 0) {
                    char a = typed.charAt(i - 1);
                    char b = meant.charAt(j - 1);
                    least = Math.min(least, cost[i - 1][j - 1] + (a == b ? 0 : isVowel(a) && isVowel(b) ? 0.75 : 1));
                    if (i > 1 && j > 1 && a == meant.charAt(j - 2) && typed.charAt(i - 2) == b && a != b) {
                        least = Math.min(least, cost[i - 2][j - 2] + 0.6);
                    }
                }
                cost[i][j] = least;
            }
        }
        return cost[typed.length()][meant.length()];
    }

    private static boolean isVowel(char letter) {
        return VOWELS.indexOf(letter) >= 0;
    }
}
