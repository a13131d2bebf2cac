package com.electroisla.order;

import com.electroisla.event.Event;
import com.electroisla.event.EventKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events about orders. */
public final class OrderEvents {
    private OrderEvents() {}

    /**
     * A new order, by whatever way it was paid.
     *
     * @param language of its buyer; null when it is not known
     */
    public static Event placed(Order order, @Nullable Locale language) {
        Map<String, Object> data = new HashMap<>(Map.of(
                "pedido", order.id(),
                "usuario", order.userId(),
                "estado", order.state().word(),
                "metodo_pago", order.paymentMethod(),
                "total", order.total().toPlainString()));
        if (language != null) {
            data.put("idioma", language.getLanguage());
        }
        return Event.ofOrder(EventKind.ORDER_PLACED, order.id(), data);
    }

    /** An order that moved on from this state. */
    static Event moved(Order from, OrderState to) {
        return Event.ofOrder(EventKind.ORDER_MOVED, from.id(), move(from, to));
    }

    /** An order that was cancelled because its money did not come in time. */
    static Event lapsed(Order from) {
        Map<String, Object> data = new HashMap<>(move(from, OrderState.CANCELLED));
        data.put("motivo", "vencido");
        return Event.ofOrder(EventKind.ORDER_MOVED, from.id(), data);
    }

    /** An order whose time for its money is almost over. */
    static Event lapsesSoon(long order, int user, Instant at) {
        return Event.ofOrder(
                EventKind.ORDER_LAPSES_SOON, order, Map.of("pedido", order, "usuario", user, "vence", at.toString()));
    }

    private static Map<String, Object> move(Order from, OrderState to) {
        return Map.of(
                "pedido", from.id(),
                "usuario", from.userId(),
                "antes", from.state().word(),
                "ahora", to.word());
    }
}
