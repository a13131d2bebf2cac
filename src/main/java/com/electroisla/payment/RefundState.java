package com.electroisla.payment;

/** The state of a refund. */
public enum RefundState {
    OWED("debido"),
    /** The provider was asked for it and has not said that it is done. */
    REQUESTED("pedido"),
    DONE("hecho");

    private final String word;

    RefundState(String word) {
        this.word = word;
    }

    /** The word in the database and in JSON. */
    public String word() {
        return word;
    }

    public static RefundState of(String word) {
        for (RefundState state : values()) {
            if (state.word.equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException(word);
    }
}
