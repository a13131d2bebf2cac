package com.electroisla.order;

import com.electroisla.event.Event;
import com.electroisla.event.EventKind;
import java.util.Map;

/** The events about orders. */
public final class OrderEvents {
    private OrderEvents() {}

    /** A new order, by whatever way it was paid. */
    public static Event placed(Order order) {
        return Event.ofOrder(
                EventKind.ORDER_PLACED,
                order.id(),
                Map.of(
                        "pedido", order.id(),
                        "usuario", order.userId(),
                        "estado", order.state().word(),
                        "metodo_pago", order.paymentMethod(),
                        "total", order.total().toPlainString()));
    }

    /** An order that moved on from this state. */
    static Event moved(Order from, OrderState to) {
        return Event.ofOrder(
                EventKind.ORDER_MOVED,
                from.id(),
                Map.of(
                        "pedido", from.id(),
                        "usuario", from.userId(),
                        "antes", from.state().word(),
                        "ahora", to.word()));
    }
}
