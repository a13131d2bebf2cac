package com.electroisla.drill;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The database's money after the drill. */
record MoneyFacts(
        List<PaymentRow> payments, List<ChargeRow> charges, List<RefundRow> refunds, List<OrderTotal> orders) {

    /** @param order the order that its money bought */
    record PaymentRow(
            long id,
            int user,
            String state,
            BigDecimal amount,
            @Nullable Long order) {}

    /** @param payment null where nobody knows the payment */
    record ChargeRow(long id, String name, @Nullable Long payment, BigDecimal amount, String result) {}

    /**
     * @param user whose money it is; null when the account is gone
     * @param charge null where the refund is of an order without a charge
     * @param order null where the charge bought nothing
     */
    record RefundRow(
            long id,
            @Nullable Integer user,
            @Nullable Long charge,
            @Nullable Long order,
            BigDecimal amount,
            String reason,
            String state) {}

    record OrderTotal(long id, int user, String state, BigDecimal total) {}
}
