package com.electroisla.order;

import com.electroisla.inventory.OrderedUnits;
import com.electroisla.inventory.StockSql;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The units that an order took and has not given back: the most that can still come back of it. */
public final class OrderReturns implements OrderedUnits {
    @Override
    public Optional<Left> lockLeft(Handle handle, long orderId, long productId) {
        Optional<Order> locked = OrderSql.lock(handle, orderId)
                .filter(order -> order.lines().stream().anyMatch(line -> line.productId() == productId));
        return locked.map(order -> order.state() == OrderState.CANCELLED
                ? Left.NOTHING
                : left(handle, order).get(productId));
    }

    /** The units by product, of an order that is locked after its products. */
    static Map<Long, Left> left(Handle handle, Order order) {
        Map<Long, Integer> units = new LinkedHashMap<>();
        order.lines().forEach(line -> units.merge(line.productId(), line.quantity(), Integer::sum));
        Map<Long, Integer> counted = OrderSql.unitsSoldFromReservations(handle, order.id(), order.userId());
        Map<Long, Left> back = StockSql.cameBack(handle, order.id());
        Map<Long, Left> left = new LinkedHashMap<>();
        units.forEach((product, all) -> {
            int ofHolds = Math.min(all, counted.getOrDefault(product, 0));
            Left came = back.getOrDefault(product, Left.NOTHING);
            left.put(
                    product,
                    new Left(Math.max(0, ofHolds - came.counted()), Math.max(0, all - ofHolds - came.uncounted())));
        });
        return left;
    }
}
