package com.electroisla.inventory;

import org.jspecify.annotations.Nullable;

/**
 * A manual change of a product's stock.
 *
 * @param quantity units; an entry, a loss and a return are above 0, a count may go either way and is never 0
 * @param reason in the user's own words; never empty
 * @param orderId the order that a return comes from: without it the order's cancelling would give the same units back
 *     again
 */
public record Adjustment(
        Kind kind, int quantity, String reason, @Nullable Long orderId) {
    public Adjustment(Kind kind, int quantity, String reason) {
        this(kind, quantity, reason, null);
    }

    public Adjustment {
        if (quantity == 0 || quantity < 0 && kind != Kind.COUNT || reason.isBlank()) {
            throw new IllegalArgumentException("no adjustment: " + kind + " " + quantity);
        }
    }

    /** The kinds with the words of {@code movimientos_stock.tipo}. */
    public enum Kind {
        /** Goods came in. */
        ENTRY("entrada"),
        /** A count found more, or fewer. */
        COUNT("ajuste"),
        /** Broken, lost, stolen. */
        LOSS("merma"),
        /** A buyer returned sold units in perfect state. */
        RETURN("devolucion");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        public static java.util.Optional<Kind> of(String word) {
            return java.util.Arrays.stream(values())
                    .filter(kind -> kind.word.equals(word))
                    .findFirst();
        }
    }

    /** The change of the figures. */
    record Deltas(int total, int sold) {}

    /** @param left the units that a return's order has not given back yet; unused for other kinds */
    Deltas deltas(OrderedUnits.Left left) {
        int counted = Math.min(quantity, left.counted());
        return switch (kind) {
            case ENTRY, COUNT -> new Deltas(quantity, 0);
            case LOSS -> new Deltas(-quantity, 0);
            case RETURN -> new Deltas(quantity - counted, -counted);
        };
    }
}
