package com.electroisla.payment;

import java.util.EnumSet;
import java.util.Set;

/** The state of a payment. Its diagram is in docs/concepts/payments.md. */
public enum PaymentState {
    /** The holds are kept until the time is over. */
    BEGUN("iniciado"),
    /** The money sold an order. */
    PAID("pagado"),
    /** The provider refused it; the holds live on, and another may be begun. */
    REFUSED("rechazado"),
    /** The buyer gave it up. */
    CANCELLED("cancelado"),
    /** The time was over before any money came. Money that comes late still buys what is there. */
    LAPSED("vencido"),
    /** Money came and sold nothing. */
    REFUND_OWED("reembolso_debido"),
    /** That money was given back. */
    REFUNDED("reembolsado");

    private final String word;

    PaymentState(String word) {
        this.word = word;
    }

    /** The word in the database and in JSON. */
    public String word() {
        return word;
    }

    /** Whether it keeps its holds, as long as its time is not over. */
    public boolean isAlive() {
        return this == BEGUN;
    }

    /** Whether money that comes may still buy. */
    public boolean mayBuy() {
        return this == BEGUN || this == REFUSED || this == LAPSED;
    }

    /** The states that may follow. */
    public Set<PaymentState> followers() {
        return switch (this) {
            case BEGUN -> EnumSet.of(PAID, REFUSED, CANCELLED, LAPSED, REFUND_OWED);
            case REFUSED, LAPSED -> EnumSet.of(PAID, CANCELLED, REFUND_OWED);
            case CANCELLED -> EnumSet.of(REFUND_OWED);
            case REFUND_OWED -> EnumSet.of(REFUNDED);
            case REFUNDED -> EnumSet.of(REFUND_OWED);
            case PAID -> EnumSet.noneOf(PaymentState.class);
        };
    }

    public static PaymentState of(String word) {
        for (PaymentState state : values()) {
            if (state.word.equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException(word);
    }
}
