package routes.nlp;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the times a sentence names: "at 9", "9am", "14:30", "by 9", "on 5 May", "in 2026", "on day 3". A bare figure behind such a word says
 * when, not how much; "at" leads to a level where it stands in a condition ("when LINK at 15"), or where its figure is no time of day and
 * nobody asks for a value ("BTC at 100k", but "tell me the BTC price at 1800").
 */
final class MomentReader {

    /** What opens a condition: "tell me when"; not "at once". */
    private static final Pattern OPENING = Pattern.compile("(?:.* )?(?<!at )(?:when|whenever|if|once|should|provided|soon as)|the (?:very )?(?:moment|minute|second|instant)");
    /** What asks to be told something: "let me know", "what"; not "send me an alert", which is told of a condition. */
    private static final Pattern TOLD = Pattern.compile("(?!.*\\ban? ).*\\b(?:me|us|know|hear|told|report)\\b.*|what");
    private static final Pattern HALF_OF_DAY = Pattern.compile("am|pm");
    private static final Set<String> VALUES = Set.of("price", "worth", "balance", "gas", "fee", "tvl", "health");
    private static final BigDecimal HOURS = BigDecimal.valueOf(24);

    private final List<Mark> marks;

    private MomentReader(List<Mark> marks) {
        this.marks = marks;
    }

    /** The marks with every time turned into one that no template explains: no alert waits for a time, so it is asked about. */
    static List<Mark> read(List<Mark> marks) {
        MomentReader reader = new MomentReader(marks);
        List<Mark> read = new ArrayList<>();
        int at = 0;
        while (at < marks.size()) {
            int end = reader.end(at);
            read.add(end == at ? marks.get(at) : joined(marks.subList(at, end)));
            at = Math.max(end, at + 1);
        }
        return read;
    }

    private static Mark joined(List<Mark> moment) {
        Mark last = moment.get(moment.size() - 1);
        StringBuilder text = new StringBuilder();
        int end = moment.get(0).start();
        for (Mark mark : moment) {
            text.append(mark.start() > end ? " " : "").append(mark.text());
            end = mark.end();
        }
        return Mark.of(Kind.EXCLUSION, "moment", text.toString(), moment.get(0).start(), last.end());
    }

    /** Where the time ends that begins here; the position itself where none does. */
    private int end(int at) {
        if (isBare(at)) {
            int clock = clockEnd(at);
            boolean isClock = clock > at + 1; // "9 am", "14:30"
            return isClock ? clock : at;
        }
        if (isBare(at + 1)) {
            int clock = clockEnd(at + 1);
            boolean isClock = clock > at + 2 && leadsToTime(at); // "by 9 am"
            boolean isTime = saysWhen(at) && !isPostfix(at + 2); // "by 9"; "at 9 or lower" is a level
            return isClock || isTime ? clock : at;
        }
        // "at 21h" is an hour of the day, not a window of 21 hours.
        return marks.get(at).text().equals("at") && at + 1 < marks.size() && marks.get(at + 1).is(Kind.WINDOW) ? at + 2 : at;
    }

    /** Behind the figure, and the minutes and the half of the day that may follow it. */
    private int clockEnd(int figureAt) {
        int end = figureAt + 1;
        boolean minutes = isBare(end + 1) && marks.get(end).text().equals(":") && marks.get(end).start() == marks.get(figureAt).end() && marks.get(end).end() == marks.get(end + 1).start();
        end = minutes ? end + 2 : end;
        boolean half = end < marks.size() && HALF_OF_DAY.matcher(marks.get(end).text().toLowerCase(Locale.ROOT)).matches();
        return half ? end + 1 : end;
    }

    private boolean isBare(int at) {
        return at < marks.size() && marks.get(at).is(Kind.QUANTITY) && marks.get(at).quantity().is(Quantity.Type.BARE);
    }

    private boolean isPostfix(int at) {
        return at < marks.size() && marks.get(at).is(Kind.POSTFIX);
    }

    private boolean leadsToTime(int at) {
        return Set.of("at", "on", "in", "within", "by", "from").contains(marks.get(at).text());
    }

    private boolean saysWhen(int at) {
        return switch (marks.get(at).text()) {
            case "at" -> !isLevel(at);
            case "on", "in", "within", "may" -> true;
            // "rises by 9", "falls from 50": how far, and from where.
            case "by", "from" -> marks.subList(0, at).stream().noneMatch(m -> m.is(Kind.TREND));
            case "hour", "day", "week", "month", "year" -> marks.get(at).is(Kind.WINDOW);
            default -> false;
        };
    }

    private boolean isLevel(int at) {
        return isInCondition(at) || !asksForValue() && !(mayBeHour(marks.get(at + 1).quantity()) && mayBeTimed(at));
    }

    /** "tell me when LINK at 15", but not "when gas is low tell me the price at 15". */
    private boolean isInCondition(int at) {
        for (int i = at - 1; i >= 0; i--) {
            Mark mark = marks.get(i);
            boolean opens = (mark.isSilent() || mark.is(Kind.CONJUNCTION)) && OPENING.matcher(mark.text()).matches();
            if (opens || mark.is(Kind.REQUEST)) {
                return opens;
            }
        }
        return false;
    }

    private static boolean mayBeHour(Quantity figure) {
        return figure.low().compareTo(HOURS) <= 0 && Quantity.plain(figure.low()).scale() <= 0;
    }

    /** "at 9 tell me ...", "every day at 9", "gas at 9"; but "alert: LINK at 15" is short for a condition. */
    private boolean mayBeTimed(int at) {
        boolean told = marks.subList(0, at).stream().anyMatch(m -> isTold(m) || m.is(Kind.WINDOW));
        return at == 0 || told || valueAt(0) >= 0;
    }

    /** "tell me the ETH price", "let me know what ETH costs": the answer would be a figure, so that a figure beside it is no threshold. */
    private boolean asksForValue() {
        int told = 0;
        while (told < marks.size() && !isTold(marks.get(told))) {
            told++;
        }
        int value = valueAt(told);
        return value >= 0 && !isInCondition(value);
    }

    private static boolean isTold(Mark mark) {
        return mark.isSilent() && TOLD.matcher(mark.text()).matches();
    }

    /** The first word for a value from a position on, or -1; a "price alert" is none. */
    private int valueAt(int from) {
        for (int i = from; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            boolean alert = i + 1 < marks.size() && marks.get(i + 1).is(Kind.REQUEST);
            if (VALUES.stream().anyMatch(value -> mark.is(Kind.CONCEPT, value)) && !alert) {
                return i;
            }
        }
        return -1;
    }
}
