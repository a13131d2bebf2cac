package com.electroisla.payment;

/** The result of a charge. */
public enum ChargeResult {
    SOLD("vendido"),
    /** The holds were over, and the units were still there. */
    SOLD_LATE("vendido_tarde"),
    /** Nothing was sold, and a refund is owed. */
    REFUND("reembolso"),
    /** Nobody knows the payment; the staff finds out. */
    UNKNOWN("desconocido");

    private final String word;

    ChargeResult(String word) {
        this.word = word;
    }

    /** The word in the database. */
    public String word() {
        return word;
    }

    public boolean hasSold() {
        return this == SOLD || this == SOLD_LATE;
    }

    public static ChargeResult of(String word) {
        for (ChargeResult result : values()) {
            if (result.word.equals(word)) {
                return result;
            }
        }
        throw new IllegalArgumentException(word);
    }
}
