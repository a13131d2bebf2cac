package com.electroisla.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order of a buyer. Lines never change; the state does.
 *
 * @param lapsesAt the end of its wait for money, if it has one and as long as it is pending; null for others
 * @param lapsedAt the moment when it was cancelled because no money had come
 */
public record Order(
        long id,
        int userId,
        OrderState state,
        String paymentMethod,
        BigDecimal total,
        String address,
        String phone,
        @Nullable String notes,
        @Nullable Integer courierId,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant lapsesAt,
        @Nullable Instant lapsedAt,
        List<Line> lines) {

    /** The largest amount that {@code numeric(10,2)} holds. */
    public static final BigDecimal LARGEST_AMOUNT = new BigDecimal("99999999.99");

    public record Line(long productId, String product, int quantity, BigDecimal unitPrice, BigDecimal subtotal) {
        public static Line of(long productId, String product, int quantity, BigDecimal unitPrice) {
            return new Line(productId, product, quantity, unitPrice, unitPrice.multiply(BigDecimal.valueOf(quantity)));
        }
    }

    /** A new order, in the first state of its payment method. */
    public static Order placed(
            long id, int userId, OrderDetails details, BigDecimal total, Instant now, List<Line> lines) {
        return new Order(
                id,
                userId,
                details.method().firstState(),
                details.method().word(),
                total,
                details.address(),
                details.phone(),
                details.notes(),
                null,
                now,
                now,
                null,
                null,
                null,
                lines);
    }

    /** A new order whose money has come, whatever its payment method. */
    public static Order paid(
            long id, int userId, OrderDetails details, BigDecimal total, Instant now, List<Line> lines) {
        return placed(id, userId, details, total, now, lines).inState(OrderState.CONFIRMED, now);
    }

    Order withLines(List<Line> itsLines) {
        return new Order(
                id,
                userId,
                state,
                paymentMethod,
                total,
                address,
                phone,
                notes,
                courierId,
                createdAt,
                updatedAt,
                deliveredAt,
                lapsesAt,
                lapsedAt,
                itsLines);
    }

    Order inState(OrderState newState, Instant now) {
        return new Order(
                id,
                userId,
                newState,
                paymentMethod,
                total,
                address,
                phone,
                notes,
                courierId,
                createdAt,
                now,
                deliveredAt,
                newState == OrderState.PENDING ? lapsesAt : null,
                lapsedAt,
                lines);
    }
}
