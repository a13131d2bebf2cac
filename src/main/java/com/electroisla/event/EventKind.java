package com.electroisla.event;

/** The kinds of events, by their names outside. */
public enum EventKind {
    ORDER_PLACED("pedido.creado"),
    ORDER_MOVED("pedido.estado"),
    /** An unpaid order whose time is almost over. */
    ORDER_LAPSES_SOON("pedido.por_vencer"),
    /** A hold's time ran out, whoever noticed first: the sweep, a buyer who needs the units, or the staff. */
    HOLD_EXPIRED("reserva.expirada"),
    /** The staff ended a hold before its time. */
    HOLD_RELEASED("reserva.liberada"),
    /** Money came for a payment, whatever it bought. */
    PAYMENT_RECEIVED("pago.recibido"),
    /** Money is owed back. */
    REFUND_OWED("reembolso.debido"),
    /** The reconciliation found a difference between figures and the rows behind them. */
    INVENTORY_DIFFERS("inventario.diferencia"),
    /** Money that was owed was given back. */
    REFUND_PAID("reembolso.hecho"),
    /** The figures of a product changed, whatever the cause; at most one for each transaction and product. */
    STOCK_CHANGED("stock.cambiado");

    private final String word;

    EventKind(String word) {
        this.word = word;
    }

    /** The name in the database and outside. */
    public String word() {
        return word;
    }

    static EventKind of(String word) {
        for (EventKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(word);
    }
}
