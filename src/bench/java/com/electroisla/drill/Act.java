package com.electroisla.drill;

/** A buyer's request that changes data. */
sealed interface Act {
    /** {@code agregar}. */
    record Add(long product, int quantity) implements Act {}

    /** {@code vaciar}. */
    record EmptyCart() implements Act {}

    record Checkout() implements Act {}

    /** {@code checkout/cancelar}. */
    record GiveUp() implements Act {}

    record Pay() implements Act {}

    /** {@code pedidos/ID/cancelar}. */
    record ReturnOrder(long order) implements Act {}
}
