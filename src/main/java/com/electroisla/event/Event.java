package com.electroisla.event;

import com.electroisla.database.Jsonb;
import java.util.List;
import java.util.Map;

/**
 * An event to be written.
 *
 * @param subject the order or product that it is about, such as {@code pedido/12}: listeners hear the events of one
 *     subject in their order. The writer holds the lock of that row, so that the order is also that of the commits
 * @param data as JSON, in the shop's words
 */
public record Event(EventKind kind, String subject, String data) {
    private static final String ORDER = "pedido/";
    private static final String PAYMENT = "pago/";
    private static final String REFUND = "reembolso/";
    static final String PRODUCT = "producto/";

    public static Event ofOrder(EventKind kind, long order, Map<String, ?> data) {
        return new Event(kind, ORDER + order, Jsonb.text(data));
    }

    public static Event ofPayment(EventKind kind, long payment, Map<String, ?> data) {
        return new Event(kind, PAYMENT + payment, Jsonb.text(data));
    }

    public static Event ofRefund(EventKind kind, long refund, Map<String, ?> data) {
        return new Event(kind, REFUND + refund, Jsonb.text(data));
    }

    public static Event ofProduct(EventKind kind, long product, Map<String, ?> data) {
        return new Event(kind, PRODUCT + product, Jsonb.text(data));
    }

    /** The end of a product, which has no figures any more. */
    public static Event ofDeletedProduct(long product) {
        return ofProduct(
                EventKind.STOCK_CHANGED,
                product,
                Map.of(
                        "producto", product,
                        "stock_total", 0,
                        "stock_reservado", 0,
                        "stock_vendido", 0,
                        "stock_disponible", 0,
                        "causas", List.of(StockChange.DELETED)));
    }

    /** The end of a hold; its product is the subject, because the product's lock is held. */
    public static Event ofHold(EventKind kind, long hold, int user, long product, int quantity) {
        return ofProduct(
                kind, product, Map.of("reserva", hold, "usuario", user, "producto", product, "cantidad", quantity));
    }
}
