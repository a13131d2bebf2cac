package com.electroisla.inventory;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What was sold with an order, as far as a return has to do with it. The order feature has it. */
public interface OrderedUnits {
    /**
     * Units of one product that an order took and that have not come back.
     *
     * @param counted those that {@code stock_vendido} counts
     * @param uncounted those that were sold before stock was counted; they come back as an increase of the total
     */
    record Left(int counted, int uncounted) {
        public static final Left NOTHING = new Left(0, 0);

        public int units() {
            return counted + uncounted;
        }
    }

    /** Locks the order, after its product; empty when there is no such order or the product is not in it. */
    Optional<Left> lockLeft(Handle handle, long orderId, long productId);
}
