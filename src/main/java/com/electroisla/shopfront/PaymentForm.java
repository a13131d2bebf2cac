package com.electroisla.shopfront;

import com.electroisla.accounts.Addresses;
import com.electroisla.cart.Carts;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import com.electroisla.pages.Form;
import com.electroisla.reservation.Agreed;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The buyer's values in the payment form. No card is part of them: its number is typed on a provider's page.
 *
 * @param key under which a repetition is the same payment
 * @param provider who takes a payment by card; empty for the shop's first
 * @param agreed the sum that the form showed, and its holds; empty if the form does not contain them
 */
public record PaymentForm(
        String key,
        Optional<Agreed> agreed,
        String method,
        String provider,
        String address,
        String phone,
        String notes) {
    private static final int LONGEST_ADDRESS = 500;
    private static final int LONGEST_PHONE = 20;
    private static final int LONGEST_NOTES = 2_000;

    public static PaymentForm empty(String key) {
        return new PaymentForm(key, Optional.empty(), PaymentMethod.CASH.word(), "", "", "", "");
    }

    /** A form that begins with a delivery the buyer is likely to want. */
    public static PaymentForm of(Addresses.Delivery likely, String key) {
        String method = PaymentMethod.of(likely.method()).isPresent() ? likely.method() : PaymentMethod.CASH.word();
        return new PaymentForm(key, Optional.empty(), method, "", likely.address(), likely.phone(), likely.notes());
    }

    /** The delivery as it was typed. */
    public Addresses.Delivery delivery() {
        return new Addresses.Delivery(method, address, phone, notes);
    }

    /** @param otherwise the key to use when the form's is invalid */
    public static PaymentForm of(Form form, String otherwise) {
        String key = form.text("clave");
        return new PaymentForm(
                key.matches("[A-Za-z0-9_-]{20,64}") ? key : otherwise,
                agreed(form),
                form.text("metodo_pago"),
                form.text("proveedor"),
                form.text("direccion_entrega"),
                form.text("telefono"),
                form.text("notas"));
    }

    /** The same under a new key: another payment. */
    public PaymentForm anew(String unused) {
        return new PaymentForm(unused, agreed, method, provider, address, phone, notes);
    }

    /** The same for another sum. */
    public PaymentForm anew(String unused, Agreed other) {
        return new PaymentForm(unused, Optional.of(other), method, provider, address, phone, notes);
    }

    private static Optional<Agreed> agreed(Form form) {
        String total = form.text("importe");
        String holds = form.text("reservas");
        if (!total.matches("[0-9]{1,12}[.][0-9]{2}")
                || !holds.matches("[0-9]{1,18}(,[0-9]{1,18}){0," + (Carts.MOST_LINES - 1) + "}")) {
            return Optional.empty();
        }
        return Optional.of(new Agreed(
                new BigDecimal(total),
                Stream.of(holds.split(",")).map(Long::valueOf).collect(Collectors.toSet())));
    }

    /** The sum as the form sends it back: {@code 20.00}. */
    public String total() {
        return agreed.map(it -> it.total().toPlainString()).orElse("");
    }

    /** The holds as the form sends them back: {@code 70,71}. */
    public String holds() {
        return agreed.map(Agreed::holds).orElse(Set.of()).stream()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(","));
    }

    /** The details; empty when one is missing or too long. */
    public Optional<OrderDetails> details() {
        boolean complete = !address.isEmpty()
                && address.length() <= LONGEST_ADDRESS
                && !phone.isEmpty()
                && phone.length() <= LONGEST_PHONE
                && notes.length() <= LONGEST_NOTES;
        return complete
                ? PaymentMethod.of(method)
                        .map(known -> new OrderDetails(known, address, phone, notes.isEmpty() ? null : notes))
                : Optional.empty();
    }

    public boolean isProvider(String name) {
        return provider.equals(name);
    }

    public boolean isMethod(String word) {
        return method.equals(word);
    }
}
