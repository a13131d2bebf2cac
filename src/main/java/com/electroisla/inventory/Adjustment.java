package com.electroisla.inventory;

/**
 * A change of a product's stock that a person answers for.
 *
 * @param quantity units; an entry, a loss and a return are above 0, a count may go either way and is never 0
 * @param reason in the person's own words; never empty
 */
public record Adjustment(Kind kind, int quantity, String reason) {

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

    int deltaTotal() {
        return switch (kind) {
            case ENTRY, COUNT -> quantity;
            case LOSS -> -quantity;
            case RETURN -> 0;
        };
    }

    int deltaSold() {
        return kind == Kind.RETURN ? -quantity : 0;
    }
}
