package com.electroisla.inventory;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The units sold with an order, as a return needs them. The order feature implements this. */
public interface OrderedUnits {
    /**
     * Units of one product that an order took and has not given back.
     *
     * @param counted the units that {@code stock_vendido} includes
     * @param uncounted units sold before stock was counted; they come back as an increase of the total
     */
    record Left(int counted, int uncounted) {
        public static final Left NOTHING = new Left(0, 0);

        public int units() {
            return counted + uncounted;
        }
    }

    /** Locks the order, after its product; empty when there is no such order or it does not contain the product. */
    Optional<Left> lockLeft(Handle handle, long orderId, long productId);
}
