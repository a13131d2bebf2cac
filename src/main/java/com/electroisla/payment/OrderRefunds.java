package com.electroisla.payment;

import com.electroisla.event.Outbox;
import com.electroisla.order.MoneyBack;
import com.electroisla.order.Order;
import com.electroisla.order.PaymentMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Owes the buyers of cancelled orders and of returned goods what they paid.
 *
 * <p>Invariant: of an order never more is owed and paid back than was paid for it. The sum of its refunds is read under
 * the order's lock, which every caller has, and which everybody who writes a refund of an order takes first.
 */
public final class OrderRefunds implements MoneyBack {
    private final Outbox outbox;

    /** @param outbox takes the event of each refund that is owed */
    public OrderRefunds(Outbox outbox) {
        this.outbox = outbox;
    }

    /** An order was paid when a provider charged it, or when the staff confirmed its transfer. */
    @Override
    public void cancelled(Handle handle, Order order, Instant now) {
        Optional<Charge> charge = RefundWorkSql.soldCharge(handle, order.id());
        if (charge.isEmpty() && !isConfirmedTransfer(order)) {
            return;
        }
        BigDecimal left = left(handle, order);
        if (left.signum() > 0) {
            owe(handle, order, left, RefundReason.ORDER_CANCELLED, charge, now);
        }
    }

    @Override
    public BigDecimal most(Handle handle, Order order) {
        boolean paid = order.state().isConfirmed()
                || RefundWorkSql.soldCharge(handle, order.id()).isPresent();
        return paid ? left(handle, order) : BigDecimal.ZERO;
    }

    @Override
    public void returned(Handle handle, Order order, BigDecimal amount, Instant now) {
        if (amount.signum() <= 0 || amount.compareTo(most(handle, order)) > 0) {
            throw new IllegalArgumentException(amount + " of order " + order.id());
        }
        owe(handle, order, amount, RefundReason.RETURNED, RefundWorkSql.soldCharge(handle, order.id()), now);
    }

    private static BigDecimal left(Handle handle, Order order) {
        return order.total().subtract(RefundWorkSql.sumOf(handle, order.id())).max(BigDecimal.ZERO);
    }

    private void owe(
            Handle handle, Order order, BigDecimal amount, RefundReason reason, Optional<Charge> charge, Instant now) {
        @Nullable Long payment = charge.map(Charge::payment).orElse(null);
        Refund refund = new Refund(
                RefundSql.nextId(handle),
                payment,
                charge.map(Charge::id).orElse(null),
                order.id(),
                order.userId(),
                amount,
                reason,
                RefundState.OWED,
                now,
                null,
                null,
                null,
                null);
        RefundWorkSql.insert(handle, refund);
        outbox.write(handle, PaymentEvents.owed(refund), now);
    }

    private static boolean isConfirmedTransfer(Order order) {
        return order.paymentMethod().equals(PaymentMethod.TRANSFER.word())
                && order.state().isConfirmed();
    }
}
