package com.electroisla.purchase;

import com.electroisla.payment.Payment;
import com.electroisla.payment.PaymentState;
import com.electroisla.payment.PaymentViewSql;
import com.electroisla.payment.Refund;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A payment as its buyer sees it.
 *
 * @param refunds what is owed back of it, or was given back
 * @param late whether its money came when its time was over, and sold
 * @param now the database's clock when it was read
 */
public record Seen(
        Payment payment, List<PaymentViewSql.Bought> lines, List<Refund> refunds, boolean late, Instant now) {

    static Seen of(Handle handle, Payment payment, Instant now) {
        List<Long> id = List.of(payment.id());
        return new Seen(
                payment,
                PaymentViewSql.lines(handle, id).getOrDefault(payment.id(), List.of()),
                PaymentViewSql.refunds(handle, id),
                payment.order() != null && !PaymentViewSql.soldLate(handle, id).isEmpty(),
                now);
    }

    /** Many payments without their units, with one statement. */
    static List<Seen> withRefunds(Handle handle, List<Payment> payments, Instant now) {
        List<Refund> refunds = PaymentViewSql.refunds(
                handle, payments.stream().map(Payment::id).toList());
        return payments.stream()
                .map(payment -> new Seen(
                        payment,
                        List.of(),
                        refunds.stream()
                                .filter(refund -> Long.valueOf(payment.id()).equals(refund.payment()))
                                .toList(),
                        false,
                        now))
                .toList();
    }

    public PaymentState state() {
        return payment.stateAt(now);
    }

    /** Whole seconds for which it keeps its units, rounded up; 0 for one that keeps none. */
    public long secondsLeft() {
        return payment.isAlive(now)
                ? Math.ceilDiv(Duration.between(now, payment.expiresAt()).toMillis(), 1_000L)
                : 0;
    }
}
