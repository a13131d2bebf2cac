package com.electroisla.reservation.http;

import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import com.electroisla.order.PaymentMethod;
import com.electroisla.payment.provider.OfferedMethods;

/** Refusals of a way to pay, before anything is asked of the engine. */
public final class MethodAnswers {
    private static final String PAYMENTS = "/api/pagos/";
    private static final String ORDERS = "/api/pedidos/";

    private MethodAnswers() {}

    /** The shop does not have this way to pay, or not here. */
    public static Problem unavailable(OfferedMethods offered) {
        return Problem.of(ErrorCode.METHOD_UNAVAILABLE, String.join(", ", offered.words()))
                .with("metodos", offered.words());
    }

    /** No provider takes a payment by this method, or not the one that was named. */
    public static Problem withoutProvider(OfferedMethods offered, PaymentMethod method) {
        if (offered.providers().isEmpty()) {
            return unavailable(offered);
        }
        if (method.isPaidAtProvider()) {
            return Problem.invalidField("proveedor", "campo_opciones", offered.providerNames());
        }
        return Problem.of(ErrorCode.METHOD_HAS_NO_PROVIDER, ORDERS)
                .with("metodos", offered.wordsAtProvider())
                .with("ruta", ORDERS);
    }

    /** This way to pay begins with a payment. */
    static Problem byProvider() {
        return Problem.of(ErrorCode.PAYMENT_BY_PROVIDER, PAYMENTS).with("ruta", PAYMENTS);
    }
}
