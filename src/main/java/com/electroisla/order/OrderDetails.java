package com.electroisla.order;

import org.jspecify.annotations.Nullable;

/** The buyer's data for the order, given with the payment. */
public record OrderDetails(
        PaymentMethod method,
        String address,
        String phone,
        @Nullable String notes) {}
