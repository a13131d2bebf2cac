package com.electroisla.payment;

import com.electroisla.event.Event;
import com.electroisla.event.EventKind;
import java.util.HashMap;
import java.util.Map;

/** The events about money. Their subject is the order, where there is one, and else the payment. */
public final class PaymentEvents {
    private PaymentEvents() {}

    /** A charge of a payment, whatever it bought. */
    public static Event received(Payment payment, Charge charge) {
        Map<String, Object> data = new HashMap<>(Map.of(
                "pago", payment.id(),
                "usuario", payment.userId(),
                "proveedor", charge.provider(),
                "cobro", charge.name(),
                "importe", charge.amount().toPlainString(),
                "resultado", charge.result().word()));
        if (payment.order() == null || !charge.result().hasSold()) {
            return Event.ofPayment(EventKind.PAYMENT_RECEIVED, payment.id(), data);
        }
        data.put("pedido", payment.order());
        return Event.ofOrder(EventKind.PAYMENT_RECEIVED, payment.order(), data);
    }

    /** Money that is owed back from now on. */
    public static Event owed(Refund refund) {
        Map<String, Object> data = new HashMap<>(Map.of(
                "reembolso", refund.id(),
                "importe", refund.amount().toPlainString(),
                "motivo", refund.reason().word()));
        if (refund.userId() != null) {
            data.put("usuario", refund.userId());
        }
        if (refund.payment() != null) {
            data.put("pago", refund.payment());
        }
        if (refund.order() == null) {
            return Event.ofPayment(EventKind.REFUND_OWED, refund.payment() == null ? 0 : refund.payment(), data);
        }
        data.put("pedido", refund.order());
        return Event.ofOrder(EventKind.REFUND_OWED, refund.order(), data);
    }
}
