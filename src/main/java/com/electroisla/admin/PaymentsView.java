package com.electroisla.admin;

import com.electroisla.payment.Charge;
import com.electroisla.payment.ChargeResult;
import com.electroisla.payment.PaymentState;
import com.electroisla.payment.PaymentViewSql;
import com.electroisla.payment.Refund;
import com.electroisla.payment.RefundState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of payments, the newest first, and the charges that belong to none.
 *
 * @param strays charges of payments that nobody knows, the newest first; only on the first page of all payments
 * @param next the address of the page after this one; null on the last
 */
public record PaymentsView(
        String state,
        List<String> states,
        List<Row> rows,
        List<Charge> strays,
        @Nullable String next,
        boolean first) {

    public String stateKey(String word) {
        return "pago_es_" + word;
    }

    /**
     * @param state as it is now, also where nobody has written yet that it lapsed
     * @param order what its money bought; null for nothing
     */
    public record Row(
            long id,
            String username,
            PaymentState state,
            String provider,
            BigDecimal amount,
            @Nullable Long order,
            Instant createdAt,
            Instant expiresAt) {
        public String stateKey() {
            return "pago_es_" + state.word();
        }

        /** The class of the state's badge. */
        public String css() {
            return switch (state) {
                case BEGUN -> "";
                case PAID, REFUNDED -> "bien";
                case REFUSED, CANCELLED, LAPSED -> "mal";
                case REFUND_OWED -> "ojo";
            };
        }
    }

    /**
     * One payment with its money.
     *
     * @param reference the provider's own name for it; null for none
     * @param askedAt when the provider was last asked; null for never
     */
    public record Detail(
            Row row,
            @Nullable String reference,
            String address,
            String phone,
            @Nullable Instant askedAt,
            List<PaymentViewSql.Bought> lines,
            List<Charge> charges,
            List<Refund> refunds) {
        public String resultKey(ChargeResult result) {
            return "pago_cobro_" + result.word();
        }

        public String refundKey(RefundState state) {
            return "reembolso_" + state.word();
        }

        public String reasonKey(Refund refund) {
            return "motivo_" + refund.reason().word();
        }
    }
}
