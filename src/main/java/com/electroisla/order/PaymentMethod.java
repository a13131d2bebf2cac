package com.electroisla.order;

import java.util.Optional;
import java.util.stream.Stream;

/** The payment method of an order. A card is charged at once, the others when the goods or the money arrive. */
public enum PaymentMethod {
    CASH("efectivo", OrderState.PENDING),
    CARD("tarjeta", OrderState.CONFIRMED),
    TRANSFER("transferencia", OrderState.PENDING);

    private final String word;
    private final OrderState firstState;

    PaymentMethod(String word, OrderState firstState) {
        this.word = word;
        this.firstState = firstState;
    }

    /** The word in the database and in JSON. */
    public String word() {
        return word;
    }

    public OrderState firstState() {
        return firstState;
    }

    /** Whether somebody outside the shop takes the money. */
    public boolean isPaidAtProvider() {
        return this == CARD;
    }

    public static Optional<PaymentMethod> of(String word) {
        return Stream.of(values()).filter(method -> method.word.equals(word)).findFirst();
    }

    public static String words() {
        return String.join(", ", Stream.of(values()).map(PaymentMethod::word).toList());
    }
}
