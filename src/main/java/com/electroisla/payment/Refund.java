package com.electroisla.payment;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money that is owed back, and how it was given.
 *
 * @param payment null where none was through a provider
 * @param charge the charge that is given back, in part or whole; null where there was none
 * @param order the order whose money it is; null for a charge that sold nothing
 * @param userId whose money it is; null when the account is gone
 * @param how a few words for people; null until it is done
 * @param reference the provider's own name for it; null when it was not given through one
 * @param doneBy the member of the staff who marked it; null when nobody did
 */
public record Refund(
        long id,
        @Nullable Long payment,
        @Nullable Long charge,
        @Nullable Long order,
        @Nullable Integer userId,
        BigDecimal amount,
        RefundReason reason,
        RefundState state,
        Instant owedAt,
        @Nullable Instant doneAt,
        @Nullable String how,
        @Nullable String reference,
        @Nullable Integer doneBy) {

    /** A refund that is owed for a charge that sold nothing. */
    public static Refund owed(long id, Charge charge, @Nullable Integer user, RefundReason reason, Instant now) {
        return new Refund(
                id,
                charge.payment(),
                charge.id(),
                null,
                user,
                charge.amount(),
                reason,
                RefundState.OWED,
                now,
                null,
                null,
                null,
                null);
    }
}
