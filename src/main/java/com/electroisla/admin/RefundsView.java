package com.electroisla.admin;

import com.electroisla.payment.RefundState;
import com.electroisla.payment.Refunds;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of refunds, the newest debt first.
 *
 * @param owed all that is not given yet
 * @param next the address of the page after this one; null on the last
 */
public record RefundsView(
        String state,
        List<String> states,
        Refunds.Owed owed,
        List<Row> rows,
        @Nullable String next,
        boolean first) {

    public String stateKey(String state) {
        return "reembolso_" + state;
    }

    /**
     * @param who whose money it is; empty when the account is gone
     * @param guest whether that is a buyer without an account
     * @param provider who charged it; null where nobody did
     * @param doneBy the name of the member of the staff
     */
    public record Row(
            long id,
            RefundState state,
            String who,
            boolean guest,
            BigDecimal amount,
            String reason,
            Instant owedAt,
            @Nullable Long order,
            @Nullable Long payment,
            @Nullable String provider,
            @Nullable Instant doneAt,
            @Nullable String how,
            @Nullable String reference,
            @Nullable String doneBy) {
        public String stateKey() {
            return "reembolso_" + state.word();
        }

        public String reasonKey() {
            return "motivo_" + reason;
        }

        /** The class of the state's badge. */
        public String css() {
            return switch (state) {
                case OWED -> "mal";
                case REQUESTED -> "ojo";
                case DONE -> "bien";
            };
        }
    }

    /**
     * One refund.
     *
     * @param pays whether the reader may give money back
     * @param how what the reader typed, if it was not accepted
     */
    public record Detail(Row row, Refunds.Ways ways, boolean pays, String how, String problem) {
        /** The longest text that says how. */
        public int longestHow() {
            return Refunds.LONGEST_HOW;
        }
    }
}
