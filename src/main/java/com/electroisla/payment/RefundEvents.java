package com.electroisla.payment;

import com.electroisla.event.Event;
import com.electroisla.event.EventKind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The event of money that was given back. That it is owed, {@link PaymentEvents} tells. */
final class RefundEvents {
    private RefundEvents() {}

    /** @param how for people */
    static Event paid(Refund refund, String how) {
        Map<String, Object> data = new HashMap<>(Map.of(
                "reembolso", refund.id(),
                "importe", refund.amount().toPlainString(),
                "motivo", refund.reason().word(),
                "como", how));
        put(data, "pedido", refund.order());
        put(data, "pago", refund.payment());
        put(data, "usuario", refund.userId());
        return Event.ofRefund(EventKind.REFUND_PAID, refund.id(), data);
    }

    private static void put(Map<String, Object> data, String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value);
        }
    }
}
