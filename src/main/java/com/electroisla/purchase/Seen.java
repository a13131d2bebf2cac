package com.electroisla.purchase;

import com.electroisla.payment.Payment;
import com.electroisla.payment.PaymentState;
import com.electroisla.payment.PaymentViewSql;
import com.electroisla.payment.Refund;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        return all(handle, List.of(payment), now).getFirst();
    }

    /** The same for many, with as many statements. */
    static List<Seen> all(Handle handle, List<Payment> payments, Instant now) {
        if (payments.isEmpty()) {
            return List.of();
        }
        List<Long> ids = payments.stream().map(Payment::id).toList();
        Map<Long, List<PaymentViewSql.Bought>> lines = PaymentViewSql.lines(handle, ids);
        List<Refund> refunds = PaymentViewSql.refunds(handle, ids);
        Set<Long> late = PaymentViewSql.soldLate(handle, ids);
        return payments.stream()
                .map(payment -> new Seen(
                        payment,
                        lines.getOrDefault(payment.id(), List.of()),
                        refunds.stream()
                                .filter(refund -> Long.valueOf(payment.id()).equals(refund.payment()))
                                .toList(),
                        late.contains(payment.id()),
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
