package com.electroisla.payment;

/** Why money is owed back. */
public enum RefundReason {
    LATE_WITHOUT_UNITS("tarde_sin_unidades"),
    PAYMENT_CANCELLED("pago_cancelado"),
    /** The payment had been charged before. */
    CHARGED_TWICE("cobro_repetido"),
    OTHER_AMOUNT("importe_distinto"),
    ORDER_CANCELLED("pedido_cancelado"),
    RETURNED("devolucion"),
    ACCOUNT_CLOSED("cuenta_cerrada");

    private final String word;

    RefundReason(String word) {
        this.word = word;
    }

    /** The word in the database and in JSON. */
    public String word() {
        return word;
    }

    public static RefundReason of(String word) {
        for (RefundReason reason : values()) {
            if (reason.word.equals(word)) {
                return reason;
            }
        }
        throw new IllegalArgumentException(word);
    }
}
