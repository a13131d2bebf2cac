package com.electroisla.order;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The buyer's data for the order, given with the payment.
 *
 * @param language in which the buyer is answered, and written to about the order; null when nobody said
 */
public record OrderDetails(
        PaymentMethod method,
        String address,
        String phone,
        @Nullable String notes,
        @Nullable Locale language) {
    public OrderDetails(PaymentMethod method, String address, String phone, @Nullable String notes) {
        this(method, address, phone, notes, null);
    }

    public OrderDetails in(Locale spoken) {
        return new OrderDetails(method, address, phone, notes, spoken);
    }
}
