package routes.nlp;

import java.math.BigDecimal;

/**
 * A figure with its unit, or a range of figures.
 *
 * @param low      the figure, or the lower end of a range
 * @param high     the upper end of a range, or null
 * @param type     what kind of unit it has
 * @param unit     the unit as the specification writes it ("AVAX", "USD", "gwei", "percent"), or null
 * @param fraction whether it was said as a fraction word ("a fifth"), which means a percentage unless a unit follows
 * @param scale    the magnitude it was written with ("20k": 1000), which the lower end of "20-30k" shares
 */
record Quantity(BigDecimal low, BigDecimal high, Type type, String unit, boolean fraction, BigDecimal scale) {

    enum Type { BARE, ASSET, CURRENCY, PERCENT, GAS, COUNT, BLOCK, MULTIPLE, SECONDS }

    static Quantity bare(BigDecimal value, boolean fraction, BigDecimal scale) {
        return new Quantity(value, null, Type.BARE, null, fraction, scale);
    }

    Quantity in(Type newType, String newUnit) {
        return new Quantity(low, high, newType, newUnit, false, scale);
    }

    /** In units a hundred of which make one: cents, basis points. */
    Quantity inHundredths() {
        Quantity hundredth = times(new BigDecimal("0.01"));
        return new Quantity(hundredth.low, hundredth.high, type, unit, fraction, new BigDecimal("0.01"));
    }

    Quantity times(BigDecimal factor) {
        return new Quantity(plain(low.multiply(factor)), high == null ? null : plain(high.multiply(factor)), type, unit, fraction, scale);
    }

    Quantity upTo(Quantity upper) {
        boolean typed = upper.type != Type.BARE;
        BigDecimal first = low;
        // "20-30k" means 20k-30k, "500-1k" does not mean 500k.
        if (scale.signum() > 0 && scale.compareTo(BigDecimal.ONE) == 0 && upper.scale.compareTo(BigDecimal.ONE) > 0
                && low.compareTo(upper.low.divide(upper.scale)) < 0) {
            first = low.multiply(upper.scale);
        }
        if (type == Type.BARE && upper.scale.compareTo(BigDecimal.ONE) < 0) {
            // "forty to fifty cents".
            first = low.multiply(upper.scale);
        }
        return new Quantity(plain(first.min(upper.low)), plain(first.max(upper.low)), typed ? upper.type : type, typed ? upper.unit : unit, false, BigDecimal.ONE);
    }

    boolean isRange() {
        return high != null;
    }

    boolean is(Type wanted) {
        return type == wanted;
    }

    /** ISO-8601 duration of a figure in seconds: whole days from two days on, otherwise hours, minutes and seconds. */
    String isoDuration() {
        long seconds = low.longValue();
        if (seconds >= 172_800 && seconds % 86_400 == 0) {
            return "P" + seconds / 86_400 + "D";
        }
        StringBuilder iso = new StringBuilder("PT");
        append(iso, seconds / 3600, 'H');
        append(iso, seconds % 3600 / 60, 'M');
        append(iso, seconds % 60, 'S');
        return iso.toString();
    }

    private static void append(StringBuilder iso, long figure, char letter) {
        if (figure > 0) {
            iso.append(figure).append(letter);
        }
    }

    static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
