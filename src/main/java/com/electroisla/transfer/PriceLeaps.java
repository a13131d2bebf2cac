package com.electroisla.transfer;

import com.electroisla.catalog.Money;
import java.util.List;

/**
 * The prices that a file changes by more than half ({@link com.electroisla.catalog.TypedPrice#isLeap}): a user is
 * shown them, because a misplaced decimal point looks like this.
 *
 * @param first the first of them, in the file's order
 * @param count how many there are in all
 */
public record PriceLeaps(List<Leap> first, long count) {
    static final int MOST_TOLD = 100;
    static final PriceLeaps NONE = new PriceLeaps(List.of(), 0);

    /** @param id of the product */
    public record Leap(long line, long id, Money before, Money after) {
        /**
         * The leap as a line of the report: {@code Línea 3, precio: salto de precio del producto 7, de 100.00 a 1.00}.
         */
        @Override
        public String toString() {
            return LineProblem.of(
                            line,
                            CatalogueColumn.PRICE,
                            "salto de precio del producto " + id + ", de " + before + " a " + after)
                    .toString();
        }
    }
}
