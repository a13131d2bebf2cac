package com.electroisla.order;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order as its buyer looks back on it, with pictures of what was bought. */
public record PastOrder(Order order, List<BoughtLine> lines) {

    /** @param picture its address today, see {@link com.electroisla.catalog.Picture#address} */
    public record BoughtLine(
            long id, Order.Line line, @Nullable String picture) {}
}
