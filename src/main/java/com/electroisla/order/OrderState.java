package com.electroisla.order;

import java.util.EnumSet;
import java.util.Set;

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

    /** Whether a charge or the staff says that its money came, or will be collected with the goods. */
    public boolean isConfirmed() {
        return switch (this) {
            case PENDING, CANCELLED -> false;
            case CONFIRMED, PREPARING, ON_THE_WAY, DELIVERED -> true;
        };
    }

    /** The states that follow, as far as the goods decide. */
    Set<OrderState> next() {
        return switch (this) {
            case PENDING -> EnumSet.of(CONFIRMED, CANCELLED);
            case CONFIRMED -> EnumSet.of(PREPARING, CANCELLED);
            case PREPARING -> EnumSet.of(ON_THE_WAY, CANCELLED);
            case ON_THE_WAY -> EnumSet.of(DELIVERED);
            case DELIVERED, CANCELLED -> EnumSet.noneOf(OrderState.class);
        };
    }

    /** Whether a courier sets this state: on the way, and delivered. */
    boolean isCouriers() {
        return this == ON_THE_WAY || this == DELIVERED;
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
