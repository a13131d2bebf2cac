package com.electroisla.inventory;

import org.jspecify.annotations.Nullable;

/**
 * A change of a product's stock that a person answers for.
 *
 * @param quantity units; an entry, a loss and a return are above 0, a count may go either way and is never 0
 * @param reason in the person's own words; never empty
 * @param orderId the order that a return comes from: without it the order's cancelling would give the same units back again
 */
public record Adjustment(Kind kind, int quantity, String reason, @Nullable Long orderId) {
    public Adjustment(Kind kind, int quantity, String reason) {
        this(kind, quantity, reason, null);
    }

    public Adjustment {
        if (quantity == 0 || quantity < 0 && kind != Kind.COUNT || reason.isBlank()) {
            throw new IllegalArgumentException("no adjustment: " + kind + " " + quantity);
        }
    }

    /** The words are those of {@code movimientos_stock.tipo}. */
    public enum Kind {
        /** Goods came in. */
        ENTRY("entrada"),
        /** A count found more, or fewer. */
        COUNT("ajuste"),
        /** Broken, lost, stolen. */
        LOSS("merma"),
        /** A buyer brought something back that was sold; it is as good as new. */
        RETURN("devolucion");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        public static java.util.Optional<Kind> of(String word) {
            return java.util.Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
        }
    }

    /** What it does to the figures. */
    record Deltas(int total, int sold) {}

    /** @param left what a return's order has not brought back yet; of no interest to the others */
    Deltas deltas(OrderedUnits.Left left) {
        int counted = Math.min(quantity, left.counted());
        return switch (kind) {
            case ENTRY, COUNT -> new Deltas(quantity, 0);
            case LOSS -> new Deltas(-quantity, 0);
            case RETURN -> new Deltas(quantity - counted, -counted);
        };
    }
}
