package com.electroisla.reservation;

import com.electroisla.order.Order;
import com.electroisla.order.OrderDetails;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** An order that a batch has decided to make; its id is given to it when the batch is decided. */
final class PlacedOrder {
    final int userId;
    final OrderDetails details;
    final BigDecimal total;
    final Instant createdAt;
    final List<Order.Line> lines;

    long id;

    PlacedOrder(int userId, OrderDetails details, Instant createdAt, List<Order.Line> lines) {
        this.userId = userId;
        this.details = details;
        this.createdAt = createdAt;
        this.lines = lines;
        this.total = lines.stream().map(Order.Line::subtotal).reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
    }

    Order toOrder() {
        return Order.placed(id, userId, details, total, createdAt, lines);
    }
}
