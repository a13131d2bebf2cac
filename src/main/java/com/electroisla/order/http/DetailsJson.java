package com.electroisla.order.http;

import com.electroisla.http.Fields;
import com.electroisla.http.Problem;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A buyer's wish to pay, as an order or through a provider.
 *
 * @param proveedor which provider; null for the shop's first
 * @param importe what the buyer expects to pay; null when they did not say
 */
public record DetailsJson(
        @Nullable String metodoPago,
        @Nullable String proveedor,
        @Nullable String direccionEntrega,
        @Nullable String telefono,
        @Nullable String notas,
        @Nullable Object importe) {
    private static final int LONGEST_ADDRESS = 500;
    private static final int LONGEST_PHONE = 20;
    private static final int LONGEST_NOTES = 2_000;

    /** The details, checked; a refusal names the field. */
    public OrderDetails details() {
        String word = Fields.required("metodo_pago", metodoPago);
        PaymentMethod method = PaymentMethod.of(word)
                .orElseThrow(() -> Problem.invalidField("metodo_pago", "campo_opciones", PaymentMethod.words())
                        .exception());
        return new OrderDetails(
                method,
                Fields.text("direccion_entrega", direccionEntrega, LONGEST_ADDRESS),
                Fields.text("telefono", telefono, LONGEST_PHONE),
                Fields.optionalText("notas", notas, LONGEST_NOTES));
    }

    public @Nullable BigDecimal amount() {
        return Fields.optionalAmount("importe", importe);
    }
}
