package com.electroisla.shopfront;

import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import com.electroisla.pages.Form;
import java.util.Optional;

/**
 * What the buyer typed to pay. The card is not part of it: it is read when it is charged and shown to nobody again.
 *
 * @param key under which a repeat of this payment is the same payment
 */
public record PaymentForm(String key, String method, String address, String phone, String notes) {
    private static final int LONGEST_ADDRESS = 500;
    private static final int LONGEST_PHONE = 20;
    private static final int LONGEST_NOTES = 2_000;

    public static PaymentForm empty(String key) {
        return new PaymentForm(key, PaymentMethod.CASH.word(), "", "", "");
    }

    /** @param otherwise the key when the form brings none that could be one */
    public static PaymentForm of(Form form, String otherwise) {
        String key = form.text("clave");
        return new PaymentForm(key.matches("[A-Za-z0-9_-]{20,64}") ? key : otherwise, form.text("metodo_pago"), form.text("direccion_entrega"),
                form.text("telefono"), form.text("notas"));
    }

    /** The same under a key that was never used: another payment. */
    public PaymentForm anew(String unused) {
        return new PaymentForm(unused, method, address, phone, notes);
    }

    /** Empty when something is missing or longer than it may be. */
    public Optional<OrderDetails> details() {
        boolean complete = !address.isEmpty() && address.length() <= LONGEST_ADDRESS && !phone.isEmpty() && phone.length() <= LONGEST_PHONE
                && notes.length() <= LONGEST_NOTES;
        return complete
                ? PaymentMethod.of(method).map(known -> new OrderDetails(known, address, phone, notes.isEmpty() ? null : notes))
                : Optional.empty();
    }

    public boolean isMethod(String word) {
        return method.equals(word);
    }
}
