package com.electroisla.order;

/** The state of an order on its way to the buyer. */
public enum OrderState {
    PENDING("pendiente", true),
    CONFIRMED("confirmado", true),
    PREPARING("en_preparacion", true),
    ON_THE_WAY("en_camino", false),
    DELIVERED("entregado", false),
    CANCELLED("cancelado", false);

    private final String word;
    private final boolean cancellable;

    OrderState(String word, boolean cancellable) {
        this.word = word;
        this.cancellable = cancellable;
    }

    /** The word in the database and in JSON. */
    public String word() {
        return word;
    }

    /** Whether the goods have not been sent yet. */
    public boolean isCancellable() {
        return cancellable;
    }

    public static OrderState of(String word) {
        for (OrderState state : values()) {
            if (state.word.equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException(word);
    }
}
