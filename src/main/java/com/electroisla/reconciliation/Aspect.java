package com.electroisla.reconciliation;

import com.electroisla.inventory.Inventory;
import java.util.Arrays;

/** The compared value of a product, an order, a payment or a charge. */
public enum Aspect {
    RESERVED("reservado"),
    SOLD("vendido"),
    LEGACY_STOCK("stock"),
    /** The units of an order's line, and those sold for it. */
    ORDER_UNITS("pedido_unidades"),
    /** An order's total, and the sum of its lines. */
    ORDER_TOTAL("pedido_total"),
    /** The units that came back of an order, and those that should have. */
    ORDER_RETURNED("pedido_devuelto"),
    /**
     * The refunds of an order, and its total: more is never paid back, and all of a cancelled one that a provider
     * charged, also when an older program cancelled it.
     */
    ORDER_REFUNDED("pedido_reembolsado"),
    /** The amount of a payment that sold, and the total of its order. */
    PAYMENT_ORDER("pago_pedido"),
    /** The charges that sold of a payment, and its amount if it sold, otherwise nothing. */
    PAYMENT_CHARGES("pago_cobros"),
    /** The refunds of one charge, and its amount if it sold nothing, otherwise nothing. */
    CHARGE_REFUNDED("cobro_reembolsado");

    private final String word;

    Aspect(String word) {
        this.word = word;
    }

    /** The word in the database and in the keys of texts. */
    public String word() {
        return word;
    }

    /** Whether a repair can set it right from other rows. */
    public boolean isCounted() {
        return this == RESERVED || this == SOLD || this == LEGACY_STOCK;
    }

    static Aspect of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(word));
    }

    static Aspect of(Inventory.Difference.Kind kind) {
        return switch (kind) {
            case RESERVED -> RESERVED;
            case SOLD -> SOLD;
            case LEGACY_STOCK -> LEGACY_STOCK;
        };
    }
}
