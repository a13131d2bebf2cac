package com.electroisla.order;

import org.jspecify.annotations.Nullable;

/** What the buyer says when paying. */
public record OrderDetails(PaymentMethod method, String address, String phone, @Nullable String notes) {}
