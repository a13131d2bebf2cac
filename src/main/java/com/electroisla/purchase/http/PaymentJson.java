package com.electroisla.purchase.http;

import com.electroisla.payment.Payment;
import com.electroisla.payment.PaymentState;
import com.electroisla.payment.Refund;
import com.electroisla.purchase.Seen;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code pago} of the contract, with what became of its money. */
record PaymentJson(
        long id,
        String estado,
        String proveedor,
        @Nullable String url,
        Instant vence,
        String importe,
        String metodoPago,
        @Nullable Long pedidoId,
        Instant createdAt,
        List<RefundJson> reembolsos) {

    /** A payment that was begun. */
    record Started(
            long id,
            String estado,
            String proveedor,
            @Nullable String url,
            Instant vence,
            String importe) {
        static Started of(Payment payment, PaymentState state) {
            return new Started(
                    payment.id(),
                    state.word(),
                    payment.provider(),
                    payment.url(),
                    payment.expiresAt(),
                    payment.amount().toPlainString());
        }
    }

    record RefundJson(
            String importe,
            String motivo,
            String estado,
            Instant debidoAt,
            @Nullable Instant hechoAt) {
        static RefundJson of(Refund refund) {
            return new RefundJson(
                    refund.amount().toPlainString(),
                    refund.reason().word(),
                    refund.state().word(),
                    refund.owedAt(),
                    refund.doneAt());
        }
    }

    static PaymentJson of(Seen seen) {
        return of(seen.payment(), seen.state(), seen.refunds());
    }

    static PaymentJson of(Payment payment, PaymentState state, List<Refund> refunds) {
        return new PaymentJson(
                payment.id(),
                state.word(),
                payment.provider(),
                payment.url(),
                payment.expiresAt(),
                payment.amount().toPlainString(),
                payment.details().method().word(),
                payment.order(),
                payment.createdAt(),
                refunds.stream().map(RefundJson::of).toList());
    }
}
